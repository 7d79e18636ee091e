import { dirname, relative, resolve } from 'node:path'
import { configApp } from '@adonisjs/eslint-config'

/**
 * Who may import whom: a room reads the rooms below it, shells read every domain and never each other.
 * `allow` lists written exceptions. A breach fails CI.
 */
const CORE = ['core']
const SYSTEM = [...CORE, 'system']
const LEDGER = [...SYSTEM, 'ledger']
const CUSTOMERS = [...LEDGER, 'customers']
const NOTIFICATIONS = [...CUSTOMERS, 'notifications']

const DOMAINS = ['staff', 'payments', 'stars', 'promotion', 'markets', 'chain', 'raffles', 'ton', 'support', 'broadcasts']
const SHELLS = ['admin', 'api', 'bot', 'miniapp', 'sandbox']
const ALL_DOMAINS = [...NOTIFICATIONS, ...DOMAINS, 'stats']
const ROOMS = [...ALL_DOMAINS, ...SHELLS]

/** Written exceptions: a domain that builds on another one. */
const ALLOWED = {
  /** Orders are paid by invoices, and Fragment is paid in TON. */
  stars: ['payments', 'ton'],
  /** The raffle is a contract on a chain. */
  raffles: ['chain'],
}

const mayImport = {
  core: CORE,
  system: SYSTEM,
  ledger: LEDGER,
  customers: CUSTOMERS,
  notifications: NOTIFICATIONS,
  ...Object.fromEntries(DOMAINS.map((domain) => [domain, [...NOTIFICATIONS, domain, ...(ALLOWED[domain] ?? [])]])),
  stats: ALL_DOMAINS,
  ...Object.fromEntries(SHELLS.map((shell) => [shell, [...ALL_DOMAINS, shell]])),
  sandbox: [...SYSTEM, 'sandbox'],
}

const OUTWARD = [
  { name: 'grammy', message: 'Domains know no Telegram client: call a contract in core that a provider binds.' },
  { name: 'edge.js', message: 'Domains know no templates.' },
]

const roomRules = ROOMS.map((room) => {
  const forbidden = ROOMS.filter((other) => !mayImport[room].includes(other))
  const isShell = SHELLS.includes(room)
  const patterns = [
    {
      regex: `^#(${forbidden.join('|')})/`,
      message: `The room "${room}" may import ${mayImport[room].join(', ')} only (architecture: who may import whom).`,
    },
  ]
  if (!isShell && room !== 'core') {
    patterns.push({
      regex: '^@adonisjs/core/http$',
      importNames: ['HttpContext'],
      message: 'Domains know no HTTP: pass what the action needs.',
    })
  }
  return {
    files: [`app/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', { paths: isShell ? [] : OUTWARD, patterns }],
    },
  }
})

/** A relative import must stay in its room: app/<room>/... */
const noRelativeAcrossRooms = {
  create(context) {
    const roomOf = (file) => relative(resolve(import.meta.dirname, 'app'), file).split(/[\\/]/)[0]
    return {
      ImportDeclaration(node) {
        const source = node.source.value
        if (!source.startsWith('.')) return
        const target = resolve(dirname(context.filename), source)
        if (roomOf(target) !== roomOf(context.filename)) {
          context.report({ node, message: 'Across rooms import by #room/..., never by a relative path.' })
        }
      },
    }
  },
}

const NO_SYSTEM_CLOCK = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Inject Clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Inject Clock.' },
]

export default [
  { ignores: ['build/**', 'public/**', 'storage/**', '.adonisjs/**', 'database/schema.ts'] },
  ...configApp(),
  ...roomRules,
  {
    files: ['app/*/**/*.ts'],
    plugins: { kontora: { rules: { 'no-relative-across-rooms': noRelativeAcrossRooms } } },
    rules: { 'kontora/no-relative-across-rooms': 'error' },
  },
  {
    files: ALL_DOMAINS.map((room) => `app/${room}/**/*.ts`),
    ignores: ['app/core/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...NO_SYSTEM_CLOCK] },
  },
  {
    files: ['**/*.ts', '**/*.js'],
    rules: { 'prettier/prettier': ['error', { printWidth: 120, semi: false, singleQuote: true, trailingComma: 'es5', arrowParens: 'always' }] },
  },
]
