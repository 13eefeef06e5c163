def segment(image):
    """Whether each category is at each of the image's pixels, categories x rows x columns."""
    scores = resize(run(image).astype(np.float32), image.height, image.width)
    return scores > np.float32(THRESHOLDS)[:, None, None]


def picture(there):
    """A grey picture of where a category is: 255 there, 0 elsewhere."""
    return Image.fromarray(there.astype(np.uint8) * 255)


if __name__ == "__main__":
    if not sys.argv[1:] or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        with Image.open(name) as image:
            masks = segment(image)
        for file, mask in zip(FILES, masks):
            picture(mask).save(Path(name).with_suffix(f".{file}.mask.png"))
        shares = zip(CATEGORIES, masks.mean((1, 2)))
        print(name, *(f"{category} {share:.1%}" for category, share in shares), sep="  ")
