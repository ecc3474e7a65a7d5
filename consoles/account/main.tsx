import { accountConsoleAddress } from '../kit/auth/console-address.js';
import { startConsole } from '../kit/shell/start-console.js';
import { AccountConsole } from './account-console.js';

const address = accountConsoleAddress(location);

void startConsole({
  address,
  clientId: 'account-console',
  pages: (session) => <AccountConsole address={address} session={session} />,
});
