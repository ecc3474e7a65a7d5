/** Sets a cookie as a page within another site's page, and goes on to the page that looks whether it was kept. */
export const SET_COOKIE_SCRIPT = `(() => {
  'use strict';
  const secure = isSecureContext ? '; SameSite=None; Secure' : '';
  document.cookie = 'KEYCLOAK_3P_COOKIE=supported' + secure;
  location.replace('step2.html');
})();`;

/**
 * Tells the page around it `supported` or `unsupported`. A browser may keep such cookies apart for each site around them; then the
 * cookie is there, but the one of the login would not be, and only the Storage Access API says so.
 */
export const READ_COOKIE_SCRIPT = `(async () => {
  'use strict';
  const kept = document.cookie.split('; ').includes('KEYCLOAK_3P_COOKIE=supported');
  const secure = isSecureContext ? '; SameSite=None; Secure' : '';
  document.cookie = 'KEYCLOAK_3P_COOKIE=; Max-Age=0' + secure;
  const asksForAccess = isSecureContext && typeof document.hasStorageAccess === 'function';
  const open = !asksForAccess || (await document.hasStorageAccess().catch(() => false));
  parent.postMessage(kept && open ? 'supported' : 'unsupported', '*');
})();`;
