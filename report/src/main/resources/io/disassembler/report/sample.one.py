def segment(image):
    """The number of the category of each of the image's pixels, rows x columns."""
    height, width = image.height, image.width
    output = run(image)
    if len(output) == 1 and not np.issubdtype(output.dtype, np.floating):
        labels = output[0].astype(np.int64)
        labels = np.where(labels != 0, 0, 1) if THRESHOLD is not None else labels
        rows = (2 * np.arange(height) + 1) * labels.shape[0] // (2 * height)
        columns = (2 * np.arange(width) + 1) * labels.shape[1] // (2 * width)
        return labels[rows][:, columns]
    scores = resize(output.astype(np.float32), height, width)
    return np.where(scores[0] > np.float32(THRESHOLD), 0, 1) if THRESHOLD is not None else scores.argmax(0)


def picture(labels, size):
    """A palette picture of labels at a size (width, height)."""
    mask = Image.fromarray(labels.astype(np.uint8))
    mask.putpalette([value for colour in COLOURS for value in colour])
    return mask.resize(size, Image.NEAREST)


if __name__ == "__main__":
    if not sys.argv[1:] or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        with Image.open(name) as image:
            labels = segment(image)
            picture(labels, image.size).save(Path(name).with_suffix(".mask.png"))
        shares = np.bincount(labels.ravel(), minlength=len(CATEGORIES)) / labels.size
        print(name, *(f"{category} {share:.1%}" for category, share in zip(CATEGORIES, shares)), sep="  ")
