// Who signs in again in another tab gets a new token against forged forms; a page that stood open sends the newest one,
// and says whose page it is: by then that may be somebody else.
import { newestToken, reader } from "./request"

document.addEventListener("formdata", ({ formData }) => {
  const newest = newestToken()
  if (!formData.has("csrfmiddlewaretoken")) return
  if (newest) formData.set("csrfmiddlewaretoken", newest)
  formData.set("reader", reader())
})
