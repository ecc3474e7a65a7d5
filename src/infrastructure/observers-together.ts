import { StepObserver, type Outcome } from '../engine/index.js';
import { HashObserver } from '../realm/hash-observer.js';
import { TransactionObserver } from '../shared/transaction-observer.js';

/** The observer that is there, or both of them, one around the other. */
const together =
  <T>(both: new (outer: T, inner: T) => T) =>
  (outer: T | undefined, inner: T | undefined): T | undefined =>
    outer && inner ? new both(outer, inner) : (outer ?? inner);

class BothStepObservers extends StepObserver {
  constructor(
    private readonly outer: StepObserver,
    private readonly inner: StepObserver,
  ) {
    super();
  }

  override step(provider: string, work: () => Promise<Outcome>): Promise<Outcome> {
    return this.outer.step(provider, () => this.inner.step(provider, work));
  }
}

class BothHashObservers extends HashObserver {
  constructor(
    private readonly outer: HashObserver,
    private readonly inner: HashObserver,
  ) {
    super();
  }

  override hash<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
    return this.outer.hash((begun) => this.inner.hash((alsoBegun) => work(each(begun, alsoBegun))));
  }
}

class BothTransactionObservers extends TransactionObserver {
  constructor(
    private readonly outer: TransactionObserver,
    private readonly inner: TransactionObserver,
  ) {
    super();
  }

  override transaction<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
    return this.outer.transaction((begun) => this.inner.transaction((alsoBegun) => work(each(begun, alsoBegun))));
  }

  override ownerLock<T>(work: () => Promise<T>): Promise<T> {
    return this.outer.ownerLock(() => this.inner.ownerLock(work));
  }
}

const each = (first: () => void, second: () => void) => (): void => {
  first();
  second();
};

export const stepObservers = together<StepObserver>(BothStepObservers);
export const hashObservers = together<HashObserver>(BothHashObservers);
export const transactionObservers = together<TransactionObserver>(BothTransactionObservers);
