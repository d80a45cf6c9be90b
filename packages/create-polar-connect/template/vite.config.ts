import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev`: Vite serves the page, and forwards `/bff` and `/api` to the server. */
export default defineConfig({
  plugins: [react()],
  server: {
    port: 3000,
    strictPort: true,
    proxy: {
      '/bff': { target: 'http://localhost:3001' },
      '/api': { target: 'http://localhost:3001' },
    },
  },
})
