import type { Authenticator, AuthenticatorDescriptor, Condition, Step } from './authenticator.js';
import { AuthenticatorRegistry, type RegisteredAuthenticator } from './authenticator-registry.js';
import type { UserFacts } from './flow-runner-types.js';
import type { FailureCode, Outcome } from './outcome.js';

/** What a person of a rehearsal does when a step asks. */
export type RehearsedAnswer = 'right' | 'wrong' | 'cancel';

/** What was asked in a rehearsal, and what came of it. */
export interface RehearsedMove {
  readonly executionId: string;
  readonly authenticator: string;
  /** The outcome of a step; of a condition whether it holds. */
  readonly what: Outcome['kind'] | 'holds' | 'does-not-hold';
  /** What the person did, where there was something to do. */
  readonly answer?: RehearsedAnswer;
  /** Why a right answer was not to be had, or why it was refused. */
  readonly code?: FailureCode;
}

/** Who is played in a rehearsal. */
export interface RehearsedPerson {
  readonly userId: string;
  /** Why the user may not log in, however right the answers are. */
  readonly barred?: FailureCode;
  /** @param step the step that asks */
  answer(step: Step): RehearsedAnswer;
  /** Told of everything that was asked, in order. */
  saw(move: RehearsedMove): void;
}

/**
 * The authenticators of a registry for a login that is only played: nothing is stored, sent, counted or compared with a secret. What only
 * reads is asked for real (conditions, steps that say so). Everything else answers what the person does, within the abilities of
 * the step, so that the same runner and the same machine run it.
 *
 * @param replaced steps that play their part in another way, by provider id
 */
export const rehearsedRegistry = (
  registry: AuthenticatorRegistry,
  facts: UserFacts,
  person: RehearsedPerson,
  replaced: Readonly<Record<string, Authenticator>> = {},
): AuthenticatorRegistry =>
  new AuthenticatorRegistry(
    registry.descriptors().flatMap(({ id }) => {
      const found = registry.find(id);
      if (!found) return [];
      const { descriptor } = found;
      const instance =
        descriptor.kind === 'condition'
          ? played(found.instance as Condition, person)
          : new RehearsedStep(
              descriptor,
              replaced[id] ?? (found.instance as Authenticator),
              facts,
              person,
              id in replaced,
            );
      return [{ descriptor, instance } satisfies RegisteredAuthenticator];
    }),
  );

const played = (condition: Condition, person: RehearsedPerson): Condition => ({
  async holds(step) {
    const answer = await condition.holds(step);
    const what = typeof answer === 'object' ? 'error' : answer ? 'holds' : 'does-not-hold';
    person.saw({ executionId: step.execution.id, authenticator: step.execution.authenticator, what });
    return answer;
  },
});

class RehearsedStep implements Authenticator {
  constructor(
    private readonly descriptor: AuthenticatorDescriptor<never>,
    private readonly real: Authenticator,
    private readonly facts: UserFacts,
    private readonly person: RehearsedPerson,
    private readonly replaced: boolean,
  ) {}

  async start(step: Step): Promise<Outcome> {
    const found = await this.found(step);
    if (found) return this.seen(step, found);
    const { atOnce = [] } = this.descriptor.abilities ?? {};
    // What may show a page may be answered on it; a mail is not sent, but waited for.
    const asks = atOnce.includes('wait') ? 'wait' : 'challenge';
    return atOnce.includes(asks) ? this.seen(step, this.question(asks)) : this.played(step, 'atOnce');
  }

  submit(step: Step): Promise<Outcome> {
    return this.played(step, 'onSubmit');
  }

  configuredFor(stored: readonly string[]): boolean {
    return this.real.configuredFor?.(stored) ?? true;
  }

  /** What the step itself says, where asking it is harmless. */
  private async found(step: Step): Promise<Outcome | undefined> {
    if (!this.replaced && this.real.preview) return this.real.preview(step);
    const { available, startOnlyReads } = this.descriptor;
    return this.replaced || available === false || startOnlyReads === true ? this.real.start(step) : undefined;
  }

  /** The person answers. */
  private async played(step: Step, phase: 'atOnce' | 'onSubmit'): Promise<Outcome> {
    const answer = this.person.answer(step);
    const can = this.descriptor.abilities?.[phase] ?? [];
    if (answer === 'cancel' && can.includes('refuse')) {
      const refusal: Outcome = { kind: 'refuse', code: 'cancelled', status: 400, counts: false, message: CANCELLED };
      return this.seen(step, refusal, answer);
    }
    const problem = answer === 'right' ? await this.missing(step) : this.wrong;
    if (problem === undefined && can.includes('success')) return this.seen(step, this.success, answer);
    return this.seen(step, await this.failure(step, can, problem ?? this.wrong), answer, problem ?? this.wrong);
  }

  /** What a wrong entry is called. */
  private get wrong(): FailureCode {
    return this.descriptor.abilities?.proves === undefined ? 'unknown_user' : 'invalid_credentials';
  }

  private get credentialType(): string | undefined {
    const { abilities, provesType, credentialType } = this.descriptor;
    return abilities?.proves === 'credential' ? (provesType ?? credentialType) : undefined;
  }

  /** Why nobody can answer this step rightly for the user; undefined when it can be done. */
  private async missing({ realmId, channel }: Step): Promise<FailureCode | undefined> {
    if (this.person.barred !== undefined) return this.person.barred;
    if ((this.descriptor.abilities?.channel ?? channel) !== channel) return this.wrong;
    if (this.credentialType === undefined) return undefined;
    const stored = await this.facts.credentialTypes(realmId, this.person.userId);
    return stored.includes(this.credentialType) ? undefined : 'invalid_credentials';
  }

  private get success(): Outcome {
    const { credentialType } = this;
    const { schedules, abilities: { findsUser } = {} } = this.descriptor;
    return {
      kind: 'success',
      ...(findsUser && { userId: this.person.userId }),
      ...(credentialType !== undefined && { credentialType }),
      ...(schedules && { requiredActions: schedules }),
    };
  }

  private async failure(step: Step, can: readonly Outcome['kind'][], code: FailureCode): Promise<Outcome> {
    if (can.includes('challenge')) {
      const again = await this.found(step);
      return { ...(again?.kind === 'challenge' ? again : this.question('challenge')), failed: code };
    }
    if (can.includes('wait')) return this.question('wait');
    if (can.includes('refuse')) return { kind: 'refuse', code, status: 401, message: { key: 'invalidUserMessage' } };
    return { kind: 'error', code };
  }

  private question<K extends 'challenge' | 'wait'>(kind: K): Extract<Outcome, { kind: K }> {
    const { id } = this.descriptor;
    const asked: Outcome =
      kind === 'wait' ? { kind, message: MAILED } : { kind: 'challenge', view: { page: id, data: {} } };
    return asked as Extract<Outcome, { kind: K }>;
  }

  private seen(step: Step, outcome: Outcome, answer?: RehearsedAnswer, code?: FailureCode): Outcome {
    const said = code ?? ('code' in outcome ? outcome.code : undefined);
    this.person.saw({
      executionId: step.execution.id,
      authenticator: step.execution.authenticator,
      what: outcome.kind,
      ...(answer !== undefined && { answer }),
      ...(said !== undefined && { code: said }),
    });
    return outcome;
  }
}

const CANCELLED = { key: 'loginIsOver' } as const;
const MAILED = { key: 'emailSentMessage' } as const;
