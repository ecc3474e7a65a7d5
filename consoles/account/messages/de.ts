import type { Translation } from '../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  console: 'Ihr Konto',
  email: 'E-Mail',
  name: 'Name',
  personalInfo: 'Persönliche Angaben',
  personalInfoAbout: 'Was hier über Sie bekannt ist, und was Anwendungen erfahren, wenn Sie sich anmelden.',
  signOut: 'Abmelden',
  username: 'Benutzername',
};
