import { describe, expect, it } from 'vitest';
import { AesSealer } from '../shared/aes-sealer.js';
import { MASK, maskSecrets, sealSecrets } from './kept-secrets.js';

const sealer = new AesSealer('22'.repeat(32));

describe('Kept secrets', () => {
  const data = {
    smtpServer: { host: 'mail', password: 'one', auth: 'true' },
    identityProviders: [{ alias: 'google', config: { clientId: 'x', clientSecret: 'two' } }],
    components: { ldap: [{ config: { bindCredential: ['three'], vendor: ['ad'] } }] },
    webAuthnPolicyPasswordlessRpId: 'here',
    requiredCredentials: ['password'],
    vaulted: { password: '${vault.smtp}' },
  };

  it('are sealed wherever they stand, and nothing else is', () => {
    const sealed = sealSecrets(data, sealer, 'realm');
    const text = JSON.stringify(sealed);
    for (const secret of ['one', 'two', 'three']) expect(text).not.toContain(`"${secret}"`);
    expect(maskSecrets(sealed)).toEqual({
      ...data,
      smtpServer: { host: 'mail', password: MASK, auth: 'true' },
      identityProviders: [{ alias: 'google', config: { clientId: 'x', clientSecret: MASK } }],
      components: { ldap: [{ config: { bindCredential: [MASK], vendor: ['ad'] } }] },
    });
  });

  it('are not the mask itself: where there was none, it is left out', () => {
    const ldap = [{ config: { bindCredential: [MASK] } }];
    expect(
      sealSecrets({ smtpServer: { host: 'mail', password: MASK }, components: { ldap } }, sealer, 'realm'),
    ).toEqual({ smtpServer: { host: 'mail' }, components: { ldap: [{ config: {} }] } });
  });

  it('of things in lists stay, wherever these stand now', () => {
    const provider = (alias: string, clientSecret: string) => ({ alias, config: { clientSecret } });
    const before = sealSecrets({ identityProviders: [provider('a', 'one'), provider('b', 'two')] }, sealer, 'realm');
    const [a, b] = before['identityProviders'] as readonly object[];
    const after = { identityProviders: [provider('c', MASK), provider('b', MASK), provider('a', MASK)] };
    expect(sealSecrets(after, sealer, 'realm', before)).toEqual({
      identityProviders: [{ alias: 'c', config: {} }, b, a],
    });
    const component = { id: 'x', config: { bindCredential: ['three'] } };
    const kept = sealSecrets({ list: [component] }, sealer, 'realm');
    const masked = { list: [{ id: 'x', config: { bindCredential: [MASK] } }] };
    expect(sealSecrets(masked, sealer, 'realm', kept)).toEqual(kept);
  });

  it('stay when a body brings the mask back', () => {
    const sealed = sealSecrets({ smtpServer: { password: 'one' } }, sealer, 'realm');
    expect(sealSecrets({ smtpServer: { host: 'new', password: MASK } }, sealer, 'realm', sealed)).toEqual({
      smtpServer: { host: 'new', ...(sealed['smtpServer'] as object) },
    });
  });
});
