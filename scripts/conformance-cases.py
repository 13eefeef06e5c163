"""Copies ONNX's backend cases that use nothing but the operators and types that Disassembler reads.

Called by scripts/test-material with docs/operators.md and the folder to make.
"""

import csv
import pathlib
import shutil
import sys

import onnx

TYPES = {
    onnx.TensorProto.FLOAT,
    onnx.TensorProto.INT32,
    onnx.TensorProto.INT64,
    onnx.TensorProto.BOOL,
}
# Whole numbers of 8 and 16 bits: only of the operators that quantise.
NARROW = {
    onnx.TensorProto.INT8,
    onnx.TensorProto.UINT8,
    onnx.TensorProto.INT16,
    onnx.TensorProto.UINT16,
}
QUANTISING = {
    "QuantizeLinear",
    "DequantizeLinear",
    "DynamicQuantizeLinear",
    "QLinearConv",
    "QLinearMatMul",
    "ConvInteger",
    "MatMulInteger",
}
COLUMNS = ["test", "operators", "opset", "source"]

# Left out, although their operators are supported.
TRAINING = "training mode is refused: a network is to be exported for inference"
WRAPS = "wrong itself: what is out of range wraps around in it"
RUNTIME = "ONNX Runtime, which we follow, rounds the size before it aligns corners"
LEFT_OUT = {
    "test_training_dropout": TRAINING,
    "test_training_dropout_default": TRAINING,
    "test_training_dropout_default_mask": TRAINING,
    "test_training_dropout_mask": TRAINING,
    "test_qlinearmatmul_2D_int8_float32": WRAPS,
    "test_qlinearmatmul_3D_int8_float32": WRAPS,
    "test_dequantizelinear_blocked": "scales for blocks are refused",
    "test_quantizelinear_blocked_asymmetric": "scales for blocks are refused",
    "test_quantizelinear_blocked_symmetric": "scales for blocks are refused",
    "test_roialign_mode_max": "mode 'max' is refused",
    "test_resize_downsample_scales_cubic_align_corners": RUNTIME,
    "test_resize_downsample_scales_linear_align_corners": RUNTIME,
    "test_maxunpool_export_with_output_shape": "wrong itself: github.com/onnx/onnx/issues/2398",
}


def supported(table):
    rows = (line.split("|") for line in table.read_text().splitlines() if line.startswith("| "))
    return {row[1].strip() for row in rows} - {"operator"}


def readable(model, operators):
    values = [*model.graph.input, *model.graph.output]
    quantises = all(node.op_type in QUANTISING for node in model.graph.node)
    types = TYPES | NARROW if quantises else TYPES
    return (
        not model.functions
        and all(opset.domain in ("", "ai.onnx") for opset in model.opset_import)
        and all(node.op_type in operators for node in model.graph.node)
        and all(value.type.WhichOneof("value") == "tensor_type" for value in values)
        and all(value.type.tensor_type.elem_type in types for value in values)
    )


def main(table, target):
    operators = supported(table)
    published = pathlib.Path(onnx.__file__).parent / "backend" / "test" / "data"
    rows = []
    for source in ("node", "pytorch-converted", "pytorch-operator", "simple"):
        for case in sorted((published / source).iterdir()):
            if not (case / "model.onnx").is_file() or case.name in LEFT_OUT:
                continue
            model = onnx.load(case / "model.onnx")
            if readable(model, operators):
                shutil.copytree(case, target / case.name)
                used = sorted({node.op_type for node in model.graph.node})
                rows.append([case.name, ",".join(used), model.opset_import[0].version, source])
    with open(target / "INDEX.tsv", "w", newline="") as index:
        csv.writer(index, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *sorted(rows)])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
