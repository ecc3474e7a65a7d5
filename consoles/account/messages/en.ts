export const en = {
  applications: 'Applications',
  console: 'Your account',
  personalInfo: 'Personal info',
  proofFirst: 'You signed in a while ago. A window opens first, and asks you to prove that it is you.',
  sessions: 'My login sessions',
  signOut: 'Sign out',
  signingIn: 'Signing in',
} as const;
