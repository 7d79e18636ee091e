import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import Admin from '#staff/models/admin'
import AdminCreate from '#staff/commands/admin_create'
import { CreateFirstOwner } from '#staff/actions/create_first_owner'
import { freePort } from '#tests/support/environment'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, sessionOf } from '#tests/support/staff'
import { endProcess, runAce, sharedSources } from '#tests/support/processes'
import { enrolTwoFactor } from '#tests/support/two_factor'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PASSWORD = /(?<![\w-])[a-z2-9]{4}(-[a-z2-9]{4}){4}(?![\w-])/

async function createWithStdin(args: string[], input: string) {
  const child = spawn(process.execPath, ['ace.js', 'admin:create', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...sharedSources() },
  })
  child.stdin.end(input)
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { exitCode: child.exitCode, output: output + errors }
}

test.group('Commands for admins', (group) => {
  group.tap((t) => t.timeout(60_000))
  group.each.setup(() => resetDatabase())

  test('admin:create prints a generated password once', async ({ assert }) => {
    const { exitCode, output } = await runAce(['admin:create', '--email=Mira@Example.org', '--name=Mira'])
    assert.equal(exitCode, 0)
    assert.match(output, /mira@example.org can log in as Owner/)

    const admin = await Admin.findByOrFail('email', 'mira@example.org')
    assert.containsSubset(admin, { role: 'owner', mustChangePassword: true })
    assert.isTrue(await admin.verifyPassword(output.match(PASSWORD)![0]))
    assert.containsSubset(await db.from('audit_entries').first(), { action: 'admin.created', actor_type: 'operator' })
  })

  test('admin:create reads the password from standard input and prints none', async ({ assert }) => {
    const args = ['--email=mira@example.org', '--name=Mira', '--role=finance', '--password-stdin']
    const { exitCode, output } = await createWithStdin(args, 'tangerine velvet 7\n')
    assert.equal(exitCode, 0)
    assert.notInclude(output, 'tangerine')
    const admin = await Admin.findByOrFail('email', 'mira@example.org')
    assert.containsSubset(admin, { role: 'finance', mustChangePassword: false })
    assert.isTrue(await admin.verifyPassword('tangerine velvet 7'))
  })

  test('admin:create says what is wrong and fails', async ({ assert }) => {
    await createAdmin({ email: 'mira@example.org' })
    const refused = async (run: ReturnType<typeof runAce>, message: string) => {
      const { exitCode, output } = await run
      assert.equal(exitCode, 1)
      assert.include(output, message)
    }
    const create = (...args: string[]) => runAce(['admin:create', ...args])
    await Promise.all([
      refused(create('--name=Mira'), 'Pass --email'),
      refused(create('--email=mira', '--name=Mira'), '"mira" is no e-mail address'),
      refused(create('--email=a@example.org'), 'Pass --name'),
      refused(create('--email=a@example.org', '--name=A', '--role=boss'), 'There is no role "boss"'),
      refused(create('--email=mira@example.org', '--name=Mira'), 'exists already'),
      refused(createWithStdin(['--email=a@example.org', '--name=A', '--password-stdin'], 'short'), 'at least 12'),
    ])
  })

  test('admin:create asks at a terminal, for the password without showing it', async ({ assert, cleanup }) => {
    const { isTTY } = process.stdin
    process.stdin.isTTY = true
    cleanup(() => void (process.stdin.isTTY = isTTY))
    const ace = await app.container.make('ace')
    const command = await ace.create(AdminCreate, [])
    command.prompt.trap('Role').chooseOption(3)
    command.prompt.trap('E-mail address').replyWith('mira@example.org')
    command.prompt.trap('Name').replyWith('Mira')
    command.prompt.trap('Password (empty: one is generated)').replyWith('tangerine velvet 7')
    await command.exec()

    command.assertSucceeded()
    const admin = await Admin.findByOrFail('email', 'mira@example.org')
    assert.containsSubset(admin, { role: 'support', fullName: 'Mira', mustChangePassword: false })
    assert.isTrue(await admin.verifyPassword('tangerine velvet 7'))
  })

  test('admin:create takes no password as an argument', async ({ assert }) => {
    const { exitCode } = await runAce(['admin:create', '--email=a@b.cd', '--name=A', '--password=tangerine velvet 7'])
    assert.notEqual(exitCode, 0)
    assert.isNull(await Admin.first())
  })

  test('admin:reset lets a locked-out owner in again', async ({ assert }) => {
    const admin = await createAdmin({ email: 'mira@example.org' })
    await enrolTwoFactor(admin)
    await sessionOf(admin)
    const { exitCode, output } = await runAce(['admin:reset', 'mira@example.org', '--password', '--two-factor'])
    assert.equal(exitCode, 0)

    await admin.refresh()
    assert.isFalse(admin.hasTwoFactor)
    assert.isTrue(await admin.verifyPassword(output.match(PASSWORD)![0]))
    assert.isNull(await db.from('admin_sessions').whereNull('revoked_at').first())

    const nothing = await runAce(['admin:reset', 'mira@example.org'])
    assert.include(nothing.output, 'Say what to reset')
    const unknown = await runAce(['admin:reset', 'nobody@example.org', '--password'])
    assert.equal(unknown.exitCode, 1)
  })

  test('the server tells on its console, and nowhere else, how to make the first owner', async ({
    assert,
    cleanup,
  }) => {
    const env = { ...process.env, PORT: String(await freePort()), TELEGRAM_BOT_TOKEN: '', LOG_LEVEL: 'info' }
    const server = spawn(process.execPath, ['--import=@poppinss/ts-exec', 'bin/server.ts'], { cwd: ROOT, env })
    cleanup(() => endProcess(server, 'SIGKILL').then(() => {}))
    const log = text(server.stdout)
    const token = await tokenIn(server)
    await endProcess(server)

    assert.notInclude(await log, token)
    assert.notInclude(JSON.stringify(await db.from('first_owner_setup')), token)
    const create = await app.container.make(CreateFirstOwner)
    const owner = { email: 'mira@example.org', fullName: 'Mira', password: 'tangerine velvet 7', ip: '127.0.0.1' }
    assert.containsSubset(await create.handle({ ...owner, token }), { ok: true })
  })
})

/** What the server prints for whoever reads the console. */
function tokenIn(server: ChildProcess) {
  return new Promise<string>((resolve, reject) => {
    let written = ''
    server.once('exit', () => reject(new Error(written)))
    server.stderr!.on('data', (chunk) => {
      written += chunk
      const found = written.match(/^ {4}(\S{43})$/m)
      if (found) resolve(found[1])
    })
  })
}
