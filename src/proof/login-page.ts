/**
 * Address to which the first form of a page posts: the login form, on pages of Sluice and of Keycloak.
 * @throws Error when there is none
 */
export function formAction(html: string): string {
  for (const [tag] of html.matchAll(/<form\b[^>]*>/gi)) {
    const action = /\saction="([^"]*)"/i.exec(tag)?.[1];
    if (action !== undefined && /\smethod="post"/i.test(tag)) return unescaped(action);
  }
  const words = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  throw new Error(`There is no form on the page: ${words.slice(0, 300)}`);
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
