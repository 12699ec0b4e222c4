// Starts Turbo and Stimulus, and names every controller.
import { Application } from "@hotwired/stimulus"
import * as Turbo from "@hotwired/turbo"

import AddressesController from "./controllers/addresses"
import ComposerController from "./controllers/composer"
import CopyController from "./controllers/copy"
import CounterController from "./controllers/counter"
import CurrentController from "./controllers/current"
import DialogController from "./controllers/dialog"
import DismissController from "./controllers/dismiss"
import EndlessController from "./controllers/endless"
import LaterController from "./controllers/later"
import LetterController from "./controllers/letter"
import LiveController from "./controllers/live"
import MenuController from "./controllers/menu"
import NewestController from "./controllers/newest"
import NotifyController from "./controllers/notify"
import PaletteController from "./controllers/palette"
import PresenceController from "./controllers/presence"
import RowsController from "./controllers/rows"
import SeekController from "./controllers/seek"
import SelectController from "./controllers/select"
import ShortcutsController from "./controllers/shortcuts"
import ThemeController from "./controllers/theme"
import UndoController from "./controllers/undo"
import ZoneController from "./controllers/zone"
import "./lib/answers"
import "./lib/frames"
import "./lib/tokens"

Turbo.config.drive.progressBarDelay = 400
Turbo.config.forms.submitter = "aria-disabled" // a button that is switched off while its form is under way loses the focus

// Turbo reads an answer on when another has taken its place, and is then told that it was called off. Nothing is lost.
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof DOMException && event.reason.name === "AbortError") event.preventDefault()
})

const application = Application.start()
application.register("addresses", AddressesController)
application.register("composer", ComposerController)
application.register("copy", CopyController)
application.register("counter", CounterController)
application.register("current", CurrentController)
application.register("dialog", DialogController)
application.register("dismiss", DismissController)
application.register("endless", EndlessController)
application.register("later", LaterController)
application.register("letter", LetterController)
application.register("live", LiveController)
application.register("menu", MenuController)
application.register("newest", NewestController)
application.register("notify", NotifyController)
application.register("palette", PaletteController)
application.register("presence", PresenceController)
application.register("rows", RowsController)
application.register("seek", SeekController)
application.register("select", SelectController)
application.register("shortcuts", ShortcutsController)
application.register("theme", ThemeController)
application.register("undo", UndoController)
application.register("zone", ZoneController)
