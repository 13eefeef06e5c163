"""What people do to ONNX files afterwards: 8 bits and float16, by the usual tools."""

import onnx


class _Images:
    def __init__(self, name, images):
        self.rest = iter([{name: image} for image in images])

    def get_next(self):
        return next(self.rest, None)


def _static(form, **options):
    def quantize(file, target, images):
        from onnxruntime import quantization
        from onnxruntime.quantization.shape_inference import quant_pre_process

        prepared = file.with_suffix(".prepared.onnx")
        quant_pre_process(str(file), str(prepared))
        quantization.quantize_static(
            str(prepared), str(target), _Images(onnx.load(file).graph.input[0].name, images),
            quant_format=getattr(quantization.QuantFormat, form), **options)
        prepared.unlink()

    return quantize


def _dynamic(file, target, images):
    from onnxruntime import quantization

    quantization.quantize_dynamic(str(file), str(target), weight_type=quantization.QuantType.QUInt8)


def _float16(keep):
    def convert(file, target, images):
        from onnxconverter_common import float16

        onnx.save(float16.convert_float_to_float16(onnx.load(file), keep_io_types=keep), target)

    return convert


def _simplified(file, target, images):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


VARIANTS = {
    "int8 QDQ": _static("QDQ"),
    "int8 QDQ per channel": _static("QDQ", per_channel=True),
    "int8 QOperator": _static("QOperator"),
    "int8 dynamic": _dynamic,
    "float16": _float16(False),
    "float16 inside": _float16(True),
    "optimised": _simplified,
}
