import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiAnswer, ApiClient } from '../../../kit/api/api-client.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import type { Execution, Version } from '../../flows/flow-api.js';
import { flowPath, useExecutions, useVersions } from '../../flows/flow-queries.js';

/** One change of a flow. @param ifMatch version on which it rests */
export type Edit = (api: ApiClient, ifMatch: string | undefined) => Promise<unknown>;

export interface FlowEdits {
  /** Makes a change on the version that is shown. @throws ApiError `outdated` when the flow is another by now */
  readonly attempt: (edit: Edit) => Promise<void>;
  /** Reads the flow again. */
  readonly reload: () => Promise<void>;
  /** Makes the flow what it was before the last change that was made here; absent where there is none. */
  readonly undo: (() => Promise<void>) | undefined;
}

/**
 * Changes a flow, each time on the version that is shown, and remembers the versions to go back to. Who is quicker than the server gets
 * no conflict with themselves: a change waits for the one before it.
 */
export function useFlowEdits(alias: string): FlowEdits {
  const api = useRealmApi();
  const realm = useRealmName();
  const queries = useQueryClient();
  const executions = useExecutions(alias);
  useVersions(alias, 0, 1);
  const running = useRef<Promise<void>>(Promise.resolve());
  const [before, setBefore] = useState<readonly number[]>([]);
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['flows', realm] });
  const present = (): string | undefined =>
    queries.getQueryData<ApiAnswer<readonly Execution[]>>(['flows', realm, 'of', alias, 'executions'])?.etag ??
    executions.data?.etag;
  const newest = (): number | undefined =>
    queries.getQueryData<readonly Version[]>(['flows', realm, 'of', alias, 'versions', 0, 1])?.[0]?.version;
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = running.current.then(work);
    running.current = done.catch(() => undefined);
    return done;
  };
  const last = before.at(-1);
  return {
    reload,
    attempt: (edit) =>
      inTurn(async () => {
        const head = newest();
        await edit(api, present());
        if (head !== undefined) setBefore((versions) => [...versions, head]);
        await reload();
      }),
    undo:
      last === undefined
        ? undefined
        : () =>
            inTurn(async () => {
              await api.send(`${flowPath(alias)}/versions/${last}/restore`, { method: 'POST', ifMatch: present() });
              setBefore((versions) => versions.slice(0, -1));
              await reload();
            }),
  };
}
