def plain(values):
    """Numbers for JSON, which has neither NaN nor infinities."""
    return [value if np.isfinite(value) else None for value in np.ravel(values).tolist()]


def numbers(f, y):
    return None if y is None else dict(zip(("loss", "error"), plain([loss(f, y), error(f, y)])))


def result_of(variant, parameterization, optimizer, data, seed):
    """Trains one run: what `depth-lab run --json` prints of it."""
    problem, model = variant["problem"], variant["parameterizations"][parameterization]
    trained = variant["optimizers"][optimizer].train(problem, model, data, seed, variant["steps"])
    theta = trained.theta
    outputs = np.asarray(model.outputs(theta, data.inputs))
    tested = None if data.test_targets is None else np.asarray(model.outputs(theta, data.test_inputs))
    return {
        "kind": "run",
        "experiment": NAME,
        "point": variant["point"],
        "parameterization": parameterization,
        "optimizer": optimizer,
        "seed": seed,
        "steps": trained.steps,
        "time": trained.time,
        "train": numbers(outputs, data.targets),
        "test": numbers(tested, data.test_targets),
        "predictor": plain(model.predictor(*theta)) if model.has_predictor else None,
        "outputs": plain(outputs),
        **trained.ending,
    }


def main():
    parser = argparse.ArgumentParser(description=NAME)
    parser.add_argument("--json", action="store_true", help="one JSON object for each run, with predictor and outputs")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="only these seeds")
    arguments = parser.parse_args()
    for variant in VARIANTS:
        drawn = {seed: variant["problem"].draw(seed) for seed in arguments.seeds}
        for parameterization in variant["parameterizations"]:
            for optimizer in variant["optimizers"]:
                for seed, data in drawn.items():
                    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                        result = result_of(variant, parameterization, optimizer, data, seed)
                    print(json.dumps(result) if arguments.json else line_of(result), flush=True)


def line_of(result):
    """One run in one line of a table."""
    point = " ".join(f"{axis}={value}" for axis, value in (result["point"] or {}).items())
    name = f"{point} {result['parameterization']} / {result['optimizer']}, seed {result['seed']}".strip()
    endings = [f"{why} at {at:g}" for why, at in result.items() if why in ENDINGS]
    parts = [f"{part} {text_of(result[part])}" for part in ("train", "test") if result[part]]
    return "   ".join([f"{name:<60}", *parts, *endings])


def text_of(quantities):
    return " ".join(f"{name} {'not finite' if value is None else format(value, '.9g')}" for name, value in quantities.items())


ENDINGS = ("diverged", "singular", "kink", "imprecise")

if __name__ == "__main__":
    main()
