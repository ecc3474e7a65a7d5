import { Flag, ListOf, Name, OneOf, One, Text, TextMap, Whole } from '../representations/members.js';

/** Body of `POST flows/{alias}/copy`. */
export class CopyFlowBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() newName?: string;
}

/** Body of `POST flows/{alias}/executions/execution`. */
export class NewStepBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() provider?: string;
  @Whole() priority?: number;
}

/** Body of `POST flows/{alias}/executions/flow`. */
export class NewSubflowBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() alias?: string;
  @Name() type?: string;
  @Name() provider?: string;
  @Text() description?: string;
  @Whole() priority?: number;
}

/** Body of `POST executions/{execution}/place`. */
export class PlaceBody {
  static readonly representation = 'ExecutionPlace';
  @Name() parentFlow?: string;
  @Whole() index?: number;
}

/** Body of `POST register-required-action`. */
export class RegisterActionBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() providerId?: string;
  @Name() name?: string;
}

/** What a simulated person does at a step. */
export class SimulatedAnswerBody {
  static readonly representation = 'SimulatedAnswer';
  /** Execution id or provider id; absent: whichever step asks next. */
  @Name() step?: string;
  @OneOf('right', 'wrong', 'cancel', 'stop') answer?: 'right' | 'wrong' | 'cancel' | 'stop';
  /** Execution id or provider id of another way to take. */
  @Name() choose?: string;
}

/** How many sessions a simulated user has. */
export class SimulatedSessionsBody {
  static readonly representation = 'SimulatedSessions';
  @Whole() realm?: number;
  @Whole() client?: number;
}

/** Body of `POST flows/{alias}/simulate`. */
export class SimulationBody {
  static readonly representation = 'FlowSimulation';
  @Name() user?: string;
  @Name() client?: string;
  @OneOf('browser', 'direct') channel?: 'browser' | 'direct';
  @OneOf('head', 'running') version?: 'head' | 'running';
  @Text() scope?: string;
  @Text() prompt?: string;
  @Whole() maxAge?: number;
  @Flag() signedIn?: boolean;
  @One(() => SimulatedSessionsBody) sessions?: SimulatedSessionsBody;
  @ListOf(() => SimulatedAnswerBody) answers?: SimulatedAnswerBody[];
}

/** RequiredActionConfigRepresentation. */
export class ActionConfigBody {
  static readonly representation = 'RequiredActionConfigRepresentation';
  @TextMap() config?: Record<string, string | null>;
}
