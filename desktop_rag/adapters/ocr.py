"""Recognition of scanned pages with RapidOCR, whose models lie inside its package."""

from pathlib import Path

import numpy as np
import rapidocr

_LINE_OVERLAP = 0.5


class RapidOcr:
    """Loads the three bundled graphs by path, so that nothing is ever looked up elsewhere."""

    def __init__(self, threads: int) -> None:
        models = Path(rapidocr.__file__).parent / "models"
        self._engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )

    def text(self, width: int, height: int, pixels: bytes) -> str:
        """The text of an image of RGBX pixels, line by line from the top, "" if there is none."""
        image = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 4)[:, :, 2::-1]
        result = self._engine(np.ascontiguousarray(image))
        if result.boxes is None or result.txts is None:
            return ""
        return "\r\n".join(_in_reading_order(np.asarray(result.boxes), list(result.txts)))


def _in_reading_order(boxes: np.ndarray, texts: list[str]) -> list[str]:
    """Boxes on one height are one line, left to right; lines go from top to bottom."""
    tops, bottoms = boxes[:, :, 1].min(axis=1), boxes[:, :, 1].max(axis=1)
    lefts = boxes[:, :, 0].min(axis=1)
    lines: list[list[int]] = []
    for index in np.argsort((tops + bottoms) / 2):
        if lines:
            anchor = lines[-1][0]
            shared = min(bottoms[anchor], bottoms[index]) - max(tops[anchor], tops[index])
            if shared > _LINE_OVERLAP * (bottoms[index] - tops[index]):
                lines[-1].append(index)
                continue
        lines.append([index])
    return [" ".join(texts[i] for i in sorted(line, key=lambda i: lefts[i])) for line in lines]
