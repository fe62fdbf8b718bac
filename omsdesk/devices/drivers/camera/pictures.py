"""Where pictures come from: a camera by OpenCV, or whatever gives one after the other."""

from __future__ import annotations

from typing import Any, Protocol

from omsdesk.devices.ports import DeviceError, ErrorCode

WIDTH, HEIGHT = 1280, 720
"""Asked of a camera: enough for an EAN-13 at arm's length, and still looked through in a few hundredths of a second."""


class Pictures(Protocol):
    """Gives pictures as ``zxingcpp`` takes them: an array, a Pillow image, a QImage."""

    def open(self) -> None:
        """Begin. Raises DeviceError: there is no such camera, or it cannot be used."""

    def next(self) -> Any:
        """Wait for the next picture, a fraction of a second at most; None where there is none yet.

        Raises DeviceError: the camera is gone.
        """

    def close(self) -> None:
        """End."""


class CameraPictures:
    """A camera by its number or its path; OpenCV also takes a film for one."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._camera: Any = None

    def open(self) -> None:
        """Take the camera.

        Raises:
            DeviceError: NO_SERVICE, OpenCV is missing; NO_HARDWARE, there is no such camera, or another program has it.

        """
        try:
            import cv2
        except ImportError:
            sentence = (
                "The library “opencv-python-headless” is not installed, so no camera works here. Ask who set it up."
            )
            raise DeviceError(ErrorCode.NO_SERVICE, sentence) from None
        self.close()
        place: str | int = int(self._place) if self._place.isdecimal() else self._place
        camera = cv2.VideoCapture(place)
        if not camera.isOpened():
            camera.release()
            sentence = "The camera gives no picture. Plug it in, and close other programs that use it."
            raise DeviceError(ErrorCode.NO_HARDWARE, sentence)
        camera.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
        camera.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
        # One picture behind is enough: what was held up a second ago is not what is held up now.
        camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._camera = camera

    def next(self) -> Any:
        """Take a picture. Raises DeviceError: FAILURE, the camera is gone."""
        if self._camera is None:
            return None
        is_there, picture = self._camera.read()
        if not is_there:
            sentence = "The camera is gone. Plug it in again; it goes on by itself."
            raise DeviceError(ErrorCode.FAILURE, sentence)
        return picture

    def close(self) -> None:
        """Let go of the camera."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.release()
