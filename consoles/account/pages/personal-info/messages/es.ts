import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  about: 'Lo que aquí se sabe de usted, y lo que se dice a las aplicaciones cuando inicia sesión.',
  discard: 'Descartar cambios',
  eachLine: 'Un valor en cada línea.',
  email: 'Correo electrónico',
  emailUnverified: 'Esta dirección todavía no está verificada.',
  firstName: 'Nombre',
  fixed: 'Esto no se puede cambiar aquí.',
  lastName: 'Apellidos',
  locale: 'Idioma',
  optional: '{label} (opcional)',
  refused: 'No se ha guardado nada',
  refusedAbout: '{count, plural, one {Un campo necesita su atención.} other {# campos necesitan su atención.}}',
  save: 'Guardar',
  saved: 'Sus datos están guardados.',
  title: 'Datos personales',
  unchosen: 'Sin elegir',
  username: 'Nombre de usuario',
};
