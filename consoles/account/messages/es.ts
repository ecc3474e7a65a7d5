import type { Translation } from '../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  console: 'Su cuenta',
  email: 'Correo electrónico',
  name: 'Nombre',
  personalInfo: 'Datos personales',
  personalInfoAbout: 'Lo que aquí se sabe de usted, y lo que se dice a las aplicaciones cuando inicia sesión.',
  signOut: 'Cerrar sesión',
  username: 'Nombre de usuario',
};
