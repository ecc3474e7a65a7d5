import type { Worker } from 'node:cluster';

/** How long a worker may take for an answer: longer means that it hangs. */
const ANSWER_WITHIN_MS = 3_000;

interface Question {
  readonly sluiceQuestion: string;
  readonly number: number;
}

interface Answer {
  readonly sluiceAnswer: number;
  /** Absent: it could not be found out, and the worker's log says why. */
  readonly value?: unknown;
}

/** A process behind the shared port, and what it said; `undefined` when it said nothing in time or could not. */
export interface WorkerAnswer<T> {
  readonly pid: number;
  readonly value: T | undefined;
}

/** What a worker answers, by the name of the question. Values pass as JSON. */
export type Answers = Readonly<Record<string, () => unknown>>;

let asked = 0;

/** Asks workers of this process something, all at the same time. One that ends or hangs does not hold up the others. */
export function askWorkers<T>(workers: Iterable<Worker>, name: string): Promise<readonly WorkerAnswer<T>[]> {
  const question: Question = { sluiceQuestion: name, number: ++asked };
  return Promise.all(
    [...workers].map(async (worker) => ({
      pid: worker.process.pid ?? 0,
      value: (await answerOf(worker, question)) as T | undefined,
    })),
  );
}

function answerOf(worker: Worker, question: Question): Promise<unknown> {
  return new Promise((resolve) => {
    const settle = (value?: unknown): void => {
      clearTimeout(impatience);
      worker.off('message', listen);
      worker.off('disconnect', settle);
      resolve(value);
    };
    const listen = (message: unknown): void => {
      if (isAnswer(message) && message.sluiceAnswer === question.number) settle(message.value);
    };
    const impatience = setTimeout(settle, ANSWER_WITHIN_MS);
    worker.on('message', listen);
    worker.once('disconnect', settle);
    if (!worker.isConnected()) {
      settle();
      return;
    }
    worker.send(question, (error: Error | null) => {
      if (error) settle();
    });
  });
}

/**
 * Answers the primary process; for a worker.
 * @param failed is told what an answer threw
 * @returns ends it
 */
export function answerPrimary(answers: Answers, failed: (error: unknown) => void): () => void {
  const known = new Map(Object.entries(answers));
  const listen = (message: unknown): void => {
    if (!isQuestion(message)) return;
    void answer(known.get(message.sluiceQuestion), message, failed);
  };
  process.on('message', listen);
  return () => process.off('message', listen);
}

async function answer(
  find: (() => unknown) | undefined,
  { number }: Question,
  failed: (error: unknown) => void,
): Promise<void> {
  let value: unknown;
  try {
    value = await find?.();
  } catch (error) {
    failed(error);
  }
  const message: Answer = { sluiceAnswer: number, value };
  // The primary may be gone: then nobody waits.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const isQuestion = (message: unknown): message is Question =>
  typeof message === 'object' && message !== null && 'sluiceQuestion' in message;
const isAnswer = (message: unknown): message is Answer =>
  typeof message === 'object' && message !== null && 'sluiceAnswer' in message;
