"""Networks of Keras with sane random weights, as ONNX by tf2onnx: N x H x W x C unless said otherwise."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import numpy

from recipe import Recipe, serve
from variants import VARIANTS

CATEGORIES = 6
# Layers of each backbone at a half to a sixteenth of the image's size.
BACKBONES = {
    "MobileNetV2": (dict(alpha=0.35), ("block_1_expand_relu", "block_3_expand_relu", "block_6_expand_relu", "block_13_expand_relu")),
    "MobileNet": (dict(alpha=0.25), ("conv_pw_1_relu", "conv_pw_3_relu", "conv_pw_5_relu", "conv_pw_11_relu")),
    "EfficientNetB0": ({}, ("block2a_expand_activation", "block3a_expand_activation", "block4a_expand_activation", "block6a_expand_activation")),
    "VGG16": ({}, ("block1_conv2", "block2_conv2", "block3_conv3", "block4_conv3")),
    "ResNet50": ({}, ("conv1_relu", "conv2_block3_out", "conv3_block4_out", "conv4_block6_out")),
    "DenseNet121": ({}, ("conv1_relu", "pool2_relu", "pool3_relu", "pool4_relu")),
}


def unet(keras, image, transposed=False, separable=False, attention=False, norm=True):
    layers = keras.layers

    def block(x, width):
        for _ in range(2):
            convolution = layers.SeparableConv2D if separable else layers.Conv2D
            x = convolution(width, 3, padding="same")(x)
            x = layers.BatchNormalization()(x) if norm else x
            x = layers.Activation("relu")(x)
        return x

    skips, x = [], image
    for width in (16, 32, 64):
        skips.append(block(x, width))
        x = layers.MaxPooling2D()(skips[-1])
    x = block(x, 64)
    for skip, width in zip(reversed(skips), (64, 32, 16)):
        x = layers.Conv2DTranspose(width, 2, strides=2)(x) if transposed else layers.UpSampling2D()(x)
        if attention:
            gate = layers.Activation("relu")(layers.Add()([layers.Conv2D(width, 1)(skip), layers.Conv2D(width, 1)(x)]))
            skip = layers.Multiply()([skip, layers.Conv2D(1, 1, activation="sigmoid")(gate)])
        x = block(layers.Concatenate()([x, skip]), width)
    return x


def segnet(keras, image):
    layers, x = keras.layers, image
    for width in (16, 32, 64):
        x = layers.PReLU(shared_axes=[1, 2])(layers.BatchNormalization()(layers.Conv2D(width, 3, padding="same")(x)))
        x = layers.AveragePooling2D(2)(x)
    for width in (64, 32, 16):
        x = layers.UpSampling2D(interpolation="bilinear")(x)
        x = layers.LeakyReLU()(layers.BatchNormalization()(layers.Conv2D(width, 3, padding="same")(x)))
    return x


def deeplab(keras, image, backbone):
    layers = keras.layers
    options, ends = BACKBONES[backbone]
    base = getattr(keras.applications, backbone)(include_top=False, weights=None, input_tensor=image, **options)
    x = base.get_layer(ends[3]).output
    pooled = layers.GlobalAveragePooling2D(keepdims=True)(x)
    pooled = layers.UpSampling2D(4, interpolation="bilinear")(layers.Conv2D(32, 1, activation="relu")(pooled))
    branches = [pooled, layers.Conv2D(32, 1, activation="relu")(x)]
    branches += [layers.Conv2D(32, 3, padding="same", dilation_rate=rate, activation="relu")(x) for rate in (2, 4)]
    x = layers.Conv2D(64, 1, activation="relu")(layers.Concatenate()(branches))
    x = layers.UpSampling2D(4, interpolation="bilinear")(x)
    skip = layers.Conv2D(16, 1, activation="relu")(base.get_layer(ends[1]).output)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(layers.Concatenate()([x, skip]))
    return layers.UpSampling2D(4, interpolation="bilinear")(x)


def unet_on(keras, image, backbone):
    layers = keras.layers
    options, ends = BACKBONES[backbone]
    base = getattr(keras.applications, backbone)(include_top=False, weights=None, input_tensor=image, **options)
    skips = [base.get_layer(end).output for end in ends]
    x = skips.pop()
    for skip in reversed(skips):
        x = layers.Concatenate()([layers.UpSampling2D()(x), skip])
        x = layers.Activation("relu")(layers.BatchNormalization()(layers.Conv2D(32, 3, padding="same")(x)))
    return x if x.shape[1] == image.shape[1] else layers.UpSampling2D()(x)


def features(keras, image, network):
    plain = {
        "U-Net": {}, "U-Net transposed": dict(transposed=True), "U-Net separable": dict(separable=True),
        "attention U-Net": dict(attention=True), "U-Net without norms": dict(norm=False)}
    if network in plain:
        return unet(keras, image, **plain[network])
    if network == "SegNet":
        return segnet(keras, image)
    architecture, backbone = network.split(" on ")
    return (deeplab if architecture == "DeepLabV3+" else unet_on)(keras, image, backbone)


def sane(keras, model, shape):
    random = numpy.random.default_rng(0)
    for layer in model.layers:
        for variable in layer.trainable_weights:
            value = variable.numpy()
            if value.size > 1 and value.min() == value.max():
                variable.assign(value + random.uniform(-0.5, 0.5, value.shape) if value.flat[0] else random.normal(0, 0.1, value.shape))
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.5
    for _ in range(6):
        model(random.normal(0, 1, (8, *shape)).astype("float32"), training=True)


def make(recipe, file):
    import keras
    import tensorflow
    import tf2onnx

    keras.utils.set_random_seed(0)
    shape = (*recipe.size, 3)
    image = keras.Input(shape, name="image")
    x = keras.layers.Conv2D(CATEGORIES, 1)(features(keras, image, recipe.network))
    if recipe.opset in (11, 13):
        x = keras.layers.Softmax()(x)
    model = keras.Model(image, x)
    sane(keras, model, shape)
    axes = (None, None, None, 3) if recipe.axes == "dynamic" else (1, *shape)
    function = tensorflow.function(lambda image: model(image, training=False))
    signature = (tensorflow.TensorSpec(axes, tensorflow.float32, name="image"),)
    plain = file.with_suffix(".plain.onnx") if recipe.variant else file
    tf2onnx.convert.from_function(function, input_signature=signature, opset=recipe.opset, output_path=str(plain))
    if recipe.variant:
        images = [numpy.random.default_rng(seed).normal(0, 1, (1, *shape)).astype("float32") for seed in range(4)]
        VARIANTS[recipe.variant](plain, file, images)
        plain.unlink()


def prepare(recipe):
    """TensorFlow does not survive forks once it has run, so each process imports it for itself."""


def _recipes():
    for number, network in enumerate(("U-Net", "U-Net transposed", "U-Net separable", "attention U-Net", "U-Net without norms", "SegNet")):
        yield Recipe("keras", network, "tf2onnx", (15, 17, 13)[number % 3], "static")
    for opset in (9, 11, 13, 18):
        yield Recipe("keras", "U-Net", "tf2onnx", opset, "static")
    for network in ("U-Net transposed", "SegNet"):
        yield Recipe("keras", network, "tf2onnx", 15, "dynamic")
    for number, backbone in enumerate(BACKBONES):
        yield Recipe("keras", "U-Net on " + backbone, "tf2onnx", (13, 15, 17)[number % 3], "static")
    for backbone in ("MobileNetV2", "ResNet50"):
        yield Recipe("keras", "DeepLabV3+ on " + backbone, "tf2onnx", 15, "static")
    for variant in ("int8 QDQ", "float16", "float16 inside"):
        yield Recipe("keras", "U-Net", "tf2onnx", 15, "static", variant=variant)


if __name__ == "__main__":
    serve(list(_recipes()), make, prepare)
