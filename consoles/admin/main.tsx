import { adminConsoleAddress } from '../kit/auth/console-address.js';
import { startConsole } from '../kit/shell/start-console.js';
import { AdminConsole } from './admin-console.js';

const address = adminConsoleAddress(location);

void startConsole({
  address,
  clientId: 'security-admin-console',
  pages: (session) => <AdminConsole address={address} session={session} />,
});
