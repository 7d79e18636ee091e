import router from '@adonisjs/core/services/router'

const TelegramWebhookController = () => import('#bot/webhook/telegram_webhook_controller')

router.post('/telegram/webhook', [TelegramWebhookController, 'handle']).as('telegram.webhook')
