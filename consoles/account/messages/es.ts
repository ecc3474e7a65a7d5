import type { Translation } from '../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  applications: 'Aplicaciones',
  console: 'Su cuenta',
  personalInfo: 'Datos personales',
  proofFirst: 'Inició sesión hace un rato. Primero se abre una ventana en la que confirma que es usted.',
  sessions: 'Mis sesiones',
  signOut: 'Cerrar sesión',
  signingIn: 'Inicio de sesión',
};
