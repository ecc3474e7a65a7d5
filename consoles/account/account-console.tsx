import { useMemo, useState, type ReactNode } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiClient } from '../kit/api/api-client.js';
import type { ConsoleAddress } from '../kit/auth/console-address.js';
import type { ConsoleSession } from '../kit/auth/console-session.js';
import { Spinner } from '../kit/feedback/loading.js';
import { PageNotFound, RouteError } from '../kit/shell/route-error.js';
import { AccountContext } from './account-context.js';
import { AccountShell } from './account-shell.js';
import { SECTIONS } from './routes.js';

interface AccountConsoleProps {
  readonly address: ConsoleAddress;
  readonly session: ConsoleSession;
}

/** What a person can see and do about their own account. */
export function AccountConsole({ address, session }: AccountConsoleProps): ReactNode {
  const account = useMemo(() => {
    const server = new ApiClient(address.server, session);
    return {
      address,
      api: server.below('realms', address.realm, 'account'),
      words: server.below('resources', address.realm, 'login'),
    };
  }, [address, session]);
  const [router] = useState(() => createBrowserRouter(ROUTES, { basename: address.basename }));
  return (
    <AccountContext value={account}>
      <RouterProvider router={router} />
    </AccountContext>
  );
}

const ROUTES: RouteObject[] = [
  {
    element: <AccountShell />,
    hydrateFallbackElement: <Spinner />,
    children: [
      {
        errorElement: <RouteError />,
        children: [...SECTIONS.map((section) => section.route), { path: '*', element: <PageNotFound /> }],
      },
    ],
  },
];
