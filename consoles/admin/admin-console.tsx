import { useMemo, useState, type ReactNode } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiClient } from '../kit/api/api-client.js';
import type { ConsoleAddress } from '../kit/auth/console-address.js';
import type { ConsoleSession } from '../kit/auth/console-session.js';
import { Spinner } from '../kit/feedback/loading.js';
import { PageNotFound, RouteError } from '../kit/shell/route-error.js';
import { AdminContext } from './admin-context.js';
import { AREAS } from './routes.js';
import { AdminShell } from './shell/admin-shell.js';
import { FirstPage } from './shell/first-page.js';

interface AdminConsoleProps {
  readonly address: ConsoleAddress;
  readonly session: ConsoleSession;
}

/** The admin console: `/{realm}/…` below it shows a realm, which need not be the one where the person signed in. */
export function AdminConsole({ address, session }: AdminConsoleProps): ReactNode {
  const admin = useMemo(() => ({ address, api: new ApiClient(address.server, session) }), [address, session]);
  const [router] = useState(() => createBrowserRouter(routes(address), { basename: address.basename }));
  return (
    <AdminContext value={admin}>
      <RouterProvider router={router} />
    </AdminContext>
  );
}

const routes = ({ realm }: ConsoleAddress): RouteObject[] => [
  { index: true, element: <Navigate replace to={`/${encodeURIComponent(realm)}`} /> },
  {
    path: ':realm',
    element: <AdminShell />,
    hydrateFallbackElement: <Spinner />,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          { index: true, element: <FirstPage /> },
          ...AREAS.flatMap((area) => area.routes),
          { path: '*', element: <PageNotFound /> },
        ],
      },
    ],
  },
];
