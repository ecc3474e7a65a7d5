import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { NumberField } from '../../../kit/fields/number-field.js';
import { Switch } from '../../../kit/fields/switch.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi } from '../../admin-context.js';
import type { Execution, Flow } from '../../flows/flow-api.js';
import { flowPath } from '../../flows/flow-queries.js';
import { ClientPicker, type PickedClient } from '../../pickers/client-picker.js';
import { UserPicker, type PickedUser } from '../../pickers/user-picker.js';
import { litWay, type LitWay } from './diagram/lit-way.js';
import { useText } from './messages/use-text.js';
import type { Answer, Simulation } from './simulation.js';
import { SimulationView } from './simulation-view.js';

interface TryViewProps {
  readonly flow: Flow;
  readonly executions: readonly Execution[];
  /** Told of the way that was played. */
  readonly onWay: (way: LitWay | undefined) => void;
}

/** Plays a login of somebody through the flow as it is edited. Nothing is written, and no password is needed. */
export function TryView({ flow, executions, onWay }: TryViewProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const [user, setUser] = useState<PickedUser>();
  const [client, setClient] = useState<PickedClient>();
  const [signedIn, setSignedIn] = useState(false);
  const [imagined, setImagined] = useState(false);
  const [realmSessions, setRealmSessions] = useState('1');
  const [clientSessions, setClientSessions] = useState('1');
  const play = useMutation({
    mutationFn: async (answers: readonly Answer[]) =>
      (
        await api.post<Simulation>(`${flowPath(flow.alias)}/simulate`, {
          user: user?.id,
          client: client?.id,
          signedIn,
          ...(imagined && { sessions: { realm: Number(realmSessions), client: Number(clientSessions) } }),
          answers,
        })
      ).value,
    onSuccess: ({ path, end }) => onWay(litWay(path, end.kind === 'passed', end.kind === 'refused')),
    onError: () => onWay(undefined),
  });
  const isReady = user !== undefined && client !== undefined;
  return (
    <Panel title={t('tryIt')} description={t('tryItAbout')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) play.mutate([]);
        }}
      >
        <Stack>
          <Columns>
            <UserPicker label={t('user')} value={user} onChange={setUser} required />
            <ClientPicker label={t('client')} value={client} onChange={setClient} required />
          </Columns>
          <Switch
            label={t('signedIn')}
            description={t('signedInAbout')}
            checked={signedIn}
            onChange={({ currentTarget }) => setSignedIn(currentTarget.checked)}
          />
          <Switch
            label={t('imagine')}
            description={t('imagineAbout')}
            checked={imagined}
            onChange={({ currentTarget }) => setImagined(currentTarget.checked)}
          />
          {imagined && (
            <Columns>
              <NumberField
                label={t('imaginedRealm')}
                min={0}
                max={1000}
                value={realmSessions}
                onChange={({ currentTarget }) => setRealmSessions(currentTarget.value)}
              />
              <NumberField
                label={t('imaginedClient')}
                min={0}
                max={1000}
                value={clientSessions}
                onChange={({ currentTarget }) => setClientSessions(currentTarget.value)}
              />
            </Columns>
          )}
          <div>
            <Button type="submit" icon="play" busy={play.isPending} disabled={!isReady}>
              {t('play')}
            </Button>
          </div>
        </Stack>
      </form>
      {play.error && <ErrorNotice error={play.error} />}
      {play.data && (
        <SimulationView
          simulation={play.data}
          executions={executions}
          answers={play.variables}
          onAnswers={(answers) => play.mutate(answers)}
        />
      )}
    </Panel>
  );
}
