import { test } from '@japa/runner'
import { generatePassword, normalizePassword, weaknessOf } from '#staff/passwords/password'

test.group('Passwords', () => {
  for (const [password, weakness] of [
    ['elevenchars', 'password_short'],
    ['x'.repeat(129), 'password_long'],
    ['aaaaaaaaaaaaaaaa', 'password_common'],
    ['passwordpassword', 'password_common'],
    ['P@ssw0rd123456', 'password_common'],
    ['Qwertyuiop12345!', 'password_common'],
    ['123456789012', 'password_common'],
    ['admin-owner-2026!', 'password_common'],
    ['парольпароль123', 'password_common'],
    ['olena.kravets1', 'password_personal'],
    ['tangerine velvet 7', null],
    ['Vy8#kd02LmqQ', null],
    ['дятел купує каву', null],
  ] as const) {
    test(`"${password.slice(0, 20)}" is ${weakness ?? 'accepted'}`, ({ assert }) => {
      assert.equal(weaknessOf(password, ['olena.kravets@example.org', 'Olena Kravets']), weakness)
    })
  }

  test('what is generated is random and strong enough', ({ assert }) => {
    const passwords = Array.from({ length: 50 }, generatePassword)
    assert.equal(new Set(passwords).size, 50)
    for (const password of passwords) {
      assert.match(password, /^([a-z2-9]{4}-){4}[a-z2-9]{4}$/)
      assert.isNull(weaknessOf(password, []))
    }
  })

  test('one password typed on two keyboards is one password', ({ assert }) => {
    assert.equal(normalizePassword('cafe\u0301 '), normalizePassword('caf\u00e9'))
  })
})
