export const en = {
  console: 'Your account',
  email: 'Email',
  name: 'Name',
  personalInfo: 'Personal info',
  personalInfoAbout: 'What is known about you here, and what applications are told when you sign in.',
  signOut: 'Sign out',
  username: 'Username',
} as const;
