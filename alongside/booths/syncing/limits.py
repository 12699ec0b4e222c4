"""How much the shared document takes, of one and of all; in bytes unless the name says otherwise."""

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE

MOST_UPDATE = MEGABYTE  # one change
MOST_BROUGHT = 8 * MEGABYTE  # what a device brings that worked offline
MOST_FRAME = MOST_BROUGHT + 64  # any message at all; a longer one is not even read
MOST_DOCUMENT = 16 * MEGABYTE  # everything that is kept of one page, versions aside
MOST_PARTS = 20_000  # paragraphs, cells and the like: deeper nesting than that ends a process
MOST_STATE = 4 * KILOBYTE  # what one device says of itself to the others: caret, pointer

WAITING_CHANGES = 64  # of one connection, not kept yet; it is not read any further until they are
WAITING_BYTES = 512 * KILOBYTE
BATCH_BYTES = 4 * MEGABYTE  # kept in one transaction

UNREAD_BYTES = 24 * MEGABYTE  # that wait for one reader; a slower one is let go and comes back
UNREAD_MESSAGES = 1_000

MOST_CONNECTIONS = 300  # at one page
MOST_TABS = 20  # of one participant
