import type { ReactNode } from 'react';
import { Notice } from '../../kit/feedback/notice.js';
import { Icon } from '../../kit/layout/icon.js';
import { classes } from '../../kit/style/classes.js';
import type { Execution, Move, Proof } from './flow-api.js';
import { useText } from './messages/use-text.js';
import styles from './proof-view.module.css';
import { titlesOf } from './flow-titles.js';

interface ProofViewProps {
  readonly proof: Proof;
  readonly executions: readonly Execution[];
}

/** What is proved of a flow: each claim, and for one that fails the login that shows it. */
export function ProofView({ proof, executions }: ProofViewProps): ReactNode {
  const t = useText();
  const title = titlesOf(executions);
  return (
    <>
      <ul className={styles.claims}>
        {proof.claims.map(({ id, verdict, counterExample, executions: about }) => (
          <li key={id} className={classes(styles.claim, styles[verdict])}>
            <Icon name={verdict === 'holds' ? 'check' : 'error'} />
            <div>
              <span className={styles.visually}>{t(`verdict.${verdict}`)} </span>
              {verdict === 'fails' ? t(`claim.${id}.fails`) : t(`claim.${id}.holds`)}
              {verdict === 'unknown' && ` ${t('claimUnknown')}`}
              {about && <> {[...new Set(about.map((one) => title(one)))].join(', ')}</>}
              {verdict === 'fails' && counterExample && <Way moves={counterExample} executions={executions} />}
            </div>
          </li>
        ))}
      </ul>
      {proof.problems.length > 0 && (
        <Notice kind="warning" title={t('problems')}>
          <ul>
            {[...new Set(proof.problems.map(({ message }) => message))].map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      {proof.running && (
        <Notice kind="warning" title={t('olderRuns')}>
          <p>{t('olderRunsAbout')}</p>
          <ul>
            {proof.running.heldBack.map(({ field, client, reason }) => (
              <li key={`${field} ${client ?? ''}`}>{reason}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** A login, step by step. */
export function Way({
  moves,
  executions,
}: {
  readonly moves: readonly Move[];
  readonly executions: readonly Execution[];
}): ReactNode {
  const t = useText();
  const title = titlesOf(executions);
  // A question that is answered is one event to a reader.
  const told = moves.filter(({ what }) => what !== 'challenge');
  if (told.length === 0) return <p>{t('atOnce')}</p>;
  return (
    <ol className={styles.way}>
      {told.map((move, index) => (
        <li key={index}>
          <strong>{move.title ?? title(move.executionId)}</strong> {t(`move.${move.what}`)}
        </li>
      ))}
    </ol>
  );
}
