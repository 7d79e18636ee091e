import router from '@adonisjs/core/services/router'
import { integrationRoutes } from '#api/integration/routes'

const HealthController = () => import('#api/health/health_controller')
const PaymentWebhookController = () => import('#api/webhooks/payment_webhook_controller')
const SandboxPayController = () => import('#api/sandbox/sandbox_pay_controller')
const MetricsController = () => import('#api/metrics/metrics_controller')

router.get('/health', [HealthController, 'index']).as('health')
router.get('/health/:component', [HealthController, 'show']).as('health.component')
router.get('/metrics', [MetricsController, 'index']).as('metrics')
router.post('/webhook/cryptobot', [PaymentWebhookController, 'cryptobot']).as('webhook.cryptobot')
router.post('/webhook/heleket', [PaymentWebhookController, 'heleket']).as('webhook.heleket')

router
  .group(() => {
    router.get('/:reference', [SandboxPayController, 'show']).as('sandbox.pay')
    router
      .post('/:reference/:sum', [SandboxPayController, 'store'])
      .where('sum', /^(exact|less|more)$/)
      .as('sandbox.pay.store')
  })
  .where('reference', /^[0-9A-Z]{10}$/)
  .prefix('/sandbox/pay')

integrationRoutes()
