// Starts Turbo and Stimulus.
import * as Turbo from "@hotwired/turbo"

Turbo.config.drive.progressBarDelay = 400
