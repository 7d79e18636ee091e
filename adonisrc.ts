import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  directories: {
    controllers: 'app',
    models: 'app',
    middleware: 'app',
    validators: 'app',
    policies: 'app',
    providers: 'app',
    views: 'resources/views',
    languageFiles: 'resources/lang',
  },

  commands: [
    () => import('@adonisjs/core/commands'),
    () => import('@adonisjs/lucid/commands'),
    () => import('#commands'),
  ],

  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/redis/redis_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('#admin/assets_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/static/static_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/bouncer/bouncer_provider'),
    () => import('@adonisjs/i18n/i18n_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    () => import('@adonisjs/drive/drive_provider'),
    () => import('@adonisjs/queue/queue_provider'),
    () => import('@adonisjs/transmit/transmit_provider'),
    () => import('#core/core_provider'),
    () => import('#system/system_provider'),
    () => import('#system/metrics/metrics_provider'),
    () => import('#system/health/health_provider'),
    () => import('#ledger/ledger_provider'),
    () => import('#customers/customers_provider'),
    () => import('#notifications/notifications_provider'),
    { file: () => import('#notifications/worker/worker_provider'), environment: ['web'] },
    () => import('#notifications/alerts/alerts_provider'),
    () => import('#staff/staff_provider'),
    () => import('#payments/payments_provider'),
    () => import('#ton/ton_provider'),
    () => import('#stars/stars_provider'),
    () => import('#chain/chain_provider'),
    () => import('#raffles/raffles_provider'),
    () => import('#markets/markets_provider'),
    () => import('#broadcasts/broadcasts_provider'),
    () => import('#bot/bot_provider'),
    () => import('#stats/stats_provider'),
    () => import('#admin/panel_provider'),
    { file: () => import('#admin/live_provider'), environment: ['web', 'test'] },
    { file: () => import('#admin/auth/setup_provider'), environment: ['web'] },
  ],

  preloads: [() => import('#start/kernel'), () => import('#start/routes')],

  tests: {
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.ts'], timeout: 20_000 },
      { name: 'functional', files: ['tests/functional/**/*.spec.ts'], timeout: 60_000 },
      { name: 'browser', files: ['tests/browser/**/*.spec.ts'], timeout: 120_000 },
    ],
    forceExit: true,
  },

  metaFiles: [
    { pattern: 'resources/views/**/*.edge', reloadServer: false },
    { pattern: 'resources/lang/**/*.{json,yaml}', reloadServer: false },
    { pattern: 'resources/static/**', reloadServer: false },
    { pattern: 'app/sandbox/page/**', reloadServer: false },
    { pattern: 'resources/contracts/artifacts/*.json', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
  ],

  hooks: {
    buildStarting: [() => import('@adonisjs/vite/build_hook')],
  },
})
