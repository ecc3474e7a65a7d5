import type { ReactNode } from 'react';
import { Notice } from '../../../kit/feedback/notice.js';
import { Select } from '../../../kit/fields/select.js';
import { Facts } from '../../../kit/layout/panel.js';
import type { Execution } from '../../flows/flow-api.js';
import { titlesOf } from '../../flows/flow-titles.js';
import { Way } from '../../flows/proof-view.js';
import { useText } from './messages/use-text.js';
import type { Answer, Simulation } from './simulation.js';

const ANSWERS = ['right', 'wrong', 'cancel', 'stop'] as const;
/** Marks a choice of another way among the answers of a page. */
const OTHER = 'other:';

interface SimulationViewProps {
  readonly simulation: Simulation;
  readonly executions: readonly Execution[];
  readonly answers: readonly Answer[];
  /** Plays it again with other answers. */
  readonly onAnswers: (answers: readonly Answer[]) => void;
}

/** How a played login went, and what the person did on each page, which can be changed. */
export function SimulationView({ simulation, executions, answers, onAnswers }: SimulationViewProps): ReactNode {
  const t = useText();
  const { path, pages, end, requiredActions, consent, sessions } = simulation;
  const title = titlesOf(executions);
  const answer = (index: number, step: string, value: string): void => {
    const given: Answer = value.startsWith(OTHER)
      ? { step, choose: value.slice(OTHER.length) }
      : { step, answer: value as (typeof ANSWERS)[number] };
    // Those before stay as they were played; what comes after is another login now.
    const before = pages
      .slice(0, index)
      .map((page, at): Answer => answers[at] ?? { step: page.executionId, answer: 'right' });
    onAnswers([...before, given]);
  };
  const kind = end.kind === 'passed' ? 'success' : end.kind === 'refused' ? 'danger' : 'info';
  return (
    <>
      <Notice kind={kind} title={t(`end.${end.kind}`)}>
        {(end.message ?? end.code) !== undefined && <p>{end.message ?? end.code}</p>}
      </Notice>
      <div>
        <h3>{t('way')}</h3>
        <Way moves={path} executions={executions} />
      </div>
      {pages.map(({ executionId, options }, index) => {
        const given = answers[index];
        return (
          <Select
            key={`${String(index)} ${executionId}`}
            label={t('answerAt', { name: title(executionId) })}
            value={given?.choose === undefined ? (given?.answer ?? 'right') : `${OTHER}${given.choose}`}
            choices={[
              ...ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) })),
              ...options
                .filter((option) => option.executionId !== executionId)
                .map((option) => ({
                  value: `${OTHER}${option.executionId}`,
                  label: t('otherWay', { name: title(option.executionId) }),
                })),
            ]}
            onChange={({ currentTarget }) => answer(index, executionId, currentTarget.value)}
          />
        );
      })}
      {sessions && (
        <Facts
          facts={[
            [t('session'), t(`opens.${sessions.opens}`)],
            [t('sessionsThen'), t('sessionCounts', sessions.counts)],
            [
              t('wouldEnd'),
              sessions.ended.length === 0
                ? t('nothing')
                : sessions.ended.map(({ id, ipAddress }) => ipAddress ?? id).join(', '),
            ],
            [t('requiredActions'), requiredActions.join(', ') || t('nothing')],
            [t('consent'), consent.join(', ') || t('nothing')],
          ]}
        />
      )}
    </>
  );
}
