"""The use of private names of Textual's field, which no first screen shows: else it would stand in `toolkit`."""

from textual.events import Key
from textual.widgets import Input


class SteadyField(Input):
    """Textual's field, which here does what its keys say in the order they are pressed.

    The toolkit's own has each letter at once, but lets a key such as backspace rise to the app first: of a burst, as a
    slow line gives it, all letters would come before what was to delete some of them.
    """

    async def _on_key(self, event: Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()  # the toolkit calls its own handler next unless it is told not to
                return
