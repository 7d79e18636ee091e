import { test } from '@japa/runner'
import { Secret } from '@adonisjs/core/helpers'
import app from '@adonisjs/core/services/app'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { EncryptionKeyWrapper } from '#system/keys/encryption_key_wrapper'

const OLD = new Secret('the-former-application-key-0001')
const NEW = new Secret('the-present-application-key-002')

test.group('Key wrapper', () => {
  test('given a secret, then it comes back for its purpose and for no other', ({ assert }) => {
    const keys = new EncryptionKeyWrapper([NEW])
    const wrapped = keys.wrap('JBSWY3DPEHPK3PXP', 'admin:1:totp')
    assert.notInclude(wrapped, 'JBSWY3DPEHPK3PXP')
    assert.equal(keys.unwrap(wrapped, 'admin:1:totp'), 'JBSWY3DPEHPK3PXP')
    assert.throws(() => keys.unwrap(wrapped, 'admin:2:totp'), /belongs to another place/)
  })

  test('given a changed byte, then it is refused', ({ assert }) => {
    const keys = new EncryptionKeyWrapper([NEW])
    const [id, text, ...rest] = keys.wrap('secret', 'test').split('.')
    const damaged = [id, text.slice(0, -2) + (text.endsWith('AA') ? 'BB' : 'AA'), ...rest].join('.')
    assert.throws(() => keys.unwrap(damaged, 'test'), /was damaged/)
  })

  test('given a new key beside the old one, then both open what they closed and only the new one closes', ({
    assert,
  }) => {
    const before = new EncryptionKeyWrapper([OLD])
    const overlap = new EncryptionKeyWrapper([NEW, OLD])
    const after = new EncryptionKeyWrapper([NEW])
    const old = before.wrap('secret', 'test')

    assert.equal(overlap.unwrap(old, 'test'), 'secret')
    const renewed = overlap.wrap('secret', 'test')
    assert.notEqual(renewed.split('.')[0], old.split('.')[0])
    assert.equal(after.unwrap(renewed, 'test'), 'secret')
    assert.throws(() => after.unwrap(old, 'test'), /APP_KEY_PREVIOUS/)
  })

  test('the application binds it', async ({ assert }) => {
    const keys = await app.container.make(KeyWrapper)
    assert.equal(keys.unwrap(keys.wrap('secret', 'test'), 'test'), 'secret')
  })
})
