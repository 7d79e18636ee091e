import router from '@adonisjs/core/services/router'

const ReceiptController = () => import('#admin/receipt/receipt_controller')

/** For everybody, under every name: neither sessions nor the panel's rules of access. */
export function receiptRoutes() {
  router
    .get('/raffles/:reference/receipt', [ReceiptController, 'show'])
    .where('reference', /^[0-9A-Z]{10}$/)
    .as('raffles.receipt')
}
