// npm run bench:profile -- <file.cpuprofile> [seconds]: where the processor time of a server went that ran with --cpu-prof.
import '../test/support/register-typescript.mjs';

const { printShares } = await import('./profile/profile.ts');

printShares(process.argv.slice(2));
