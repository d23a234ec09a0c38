"""Export the trained model: ONNX with int8 weights, the tokenizer, and a card with labels and calibration.

    python training/export.py --work training/work

Writes ``assistant/engines/embedded/weights/``. What is chosen or counted on the card comes from ``calibrate.py``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from corpus import CLAIM_STANCES, OBSERVATION_STANCES, behaviours, digest
from examples import HERE
from network import KINDS, SIGNALS, Network, load_base

sys.path.insert(0, str(HERE.parent))

from assistant.domain.words import Alignment
from assistant.engines.embedded.leaning import CLAIMED
from assistant.engines.embedded.model import OUTPUTS, SIGNS, THRESHOLDS
from assistant.engines.embedded.pairs import AGAIN, PAIR

WEIGHTS = HERE.parent / "assistant" / "engines" / "embedded" / "weights"
VERSION = "2"
NO_LOOKS = {
    "first": dict.fromkeys(("constant", *PAIR), 0.0),
    "second": dict.fromkeys(("constant", *PAIR, *AGAIN), 0.0),
}


def quantise(full: Path, to: Path) -> None:
    """Make a network of int8 weights, and of int4 ones for the vectors of words.

    What comes out of a feed-forward block's wide layer has a few large values, and one scale for all of them leaves the
    others coarse. So the map back from it is computed with a scale for each 128 of them: that keeps nearly all that a
    single scale loses, and costs a tenth more time. The vectors of words, which are two fifths of all weights in int8,
    bear more: with four bits and a scale for each 32 of them the network errs no more often.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network = onnx.load(full)
    maps = [node.name for node in network.graph.node if node.op_type in ("MatMul", "Gemm")]
    back = [name for name in maps if name.endswith("/output/dense/MatMul") and "/attention/" not in name]
    words = [node.name for node in network.graph.node if node.op_type == "Gather" and "/word_embeddings/" in node.name]
    halfway = full.with_name("model-halfway.onnx")
    onnx.save(in_blocks(network, back, block_size=128, bits=8, is_symmetric=True, accuracy_level=4), halfway)
    quantize_dynamic(halfway, to, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=words)
    halfway.unlink()
    network = onnx.load(to)
    network = in_blocks(network, words, block_size=32, bits=4, is_symmetric=False, op_types_to_quantize=("Gather",))
    onnx.save(network, to)


def in_blocks(network: onnx.ModelProto, nodes: Sequence[str], **how: Any) -> onnx.ModelProto:
    """The network with the weights of these nodes rounded, a scale for each block of them."""
    from onnxruntime.quantization import QuantFormat
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    others = [node.name for node in network.graph.node if node.name not in nodes]
    config = DefaultWeightOnlyQuantConfig(quant_format=QuantFormat.QOperator, **how)
    rounded = MatMulNBitsQuantizer(network, nodes_to_exclude=others, algo_config=config)
    rounded.process()
    return rounded.model.model


def main() -> None:
    """Write model.onnx, tokenizer.json and model.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="the folder of the weights")
    args = parser.parse_args()
    names = list(behaviours(HERE.parent / "knowledge" / "behaviours.yaml"))
    encoder, tokenizer = load_base()
    model = Network(encoder, len(names))
    model.load_state_dict(torch.load(args.work / "model.pt"))
    model.eval()
    args.to.mkdir(parents=True, exist_ok=True)
    full = args.work / "model-float.onnx"
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        model,
        (ids, ids),
        str(full),
        input_names=["ids", "mask"],
        output_names=list(OUTPUTS),
        dynamic_axes={"ids": axes, "mask": axes, **{name: {0: "batch"} for name in OUTPUTS}},
        opset_version=20,
        dynamo=False,
    )
    quantise(full, args.to / "model.onnx")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(args.to / "tokenizer.json"), pretty=False)
    calibration = (
        json.loads((args.work / "calibration.json").read_text()) if (args.work / "calibration.json").exists() else {}
    )
    card = {
        "version": VERSION,
        "sha256": hashlib.sha256((args.to / "model.onnx").read_bytes()).hexdigest(),
        "corpus_sha256": digest(),
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "behaviours": names,
        "kinds": KINDS,
        "claim_stances": CLAIM_STANCES,
        "observation_stances": OBSERVATION_STANCES,
        "signals": SIGNALS,
        "temperatures": calibration.get("temperatures", {}),
        "thresholds": dict.fromkeys(THRESHOLDS, 0.5) | calibration.get("thresholds", {}),
        "looks": calibration.get("looks", NO_LOOKS),
        "shares": calibration.get("shares", dict.fromkeys(CLAIMED, (0.4, 0.4, 0.2))),
        "usual": calibration.get("usual", {said: dict.fromkeys(Alignment, 0.25) for said in ("does", "gap")}),
        "described": calibration.get("described", dict.fromkeys(SIGNALS[1:], (1.0, 0.0))),
        "signed": calibration.get("signed", dict.fromkeys(SIGNS, (1.0, 0.0))),
    }
    (args.to / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print({path.name: path.stat().st_size for path in args.to.iterdir()})


if __name__ == "__main__":
    main()
