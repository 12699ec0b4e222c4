// Who signs in again in another tab gets a new token against forged forms; a page that stood open sends the newest one.
import { newestToken } from "./request"

document.addEventListener("formdata", ({ formData }) => {
  const newest = newestToken()
  if (newest && formData.has("csrfmiddlewaretoken")) formData.set("csrfmiddlewaretoken", newest)
})
