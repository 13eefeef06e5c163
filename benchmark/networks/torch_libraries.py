"""The networks of each PyTorch library, and the recipes made of them."""

from recipe import Recipe

BOTH = (("torchscript", 17, "static"), ("dynamo", 18, "static"))
OTHERS = (("torchscript", 17, "dynamic"), ("dynamo", 20, "static"))
CATEGORIES = 6
# A thirty-second of it has a side that pyramids of pools of 1, 2, 3 and 6 divide.
POOLED = (192, 192)


def torchvision(name, size):
    from torchvision.models import segmentation

    return getattr(segmentation, name)(weights=None, weights_backbone=None, num_classes=CATEGORIES, aux_loss=None)


def smp(name, size):
    import segmentation_models_pytorch as library

    architecture, encoder = name.split(" ")
    return getattr(library, architecture)(encoder, encoder_weights=None, classes=CATEGORIES)


def pytorchcv(name, size):
    from pytorchcv.model_provider import get_model

    return get_model(name, pretrained=False, in_size=size, num_classes=CATEGORIES)


def transformers(name, size):
    import transformers as library

    small = dict(num_labels=CATEGORIES)
    makers = {
        "Segformer-B0": lambda: library.SegformerForSemanticSegmentation(library.SegformerConfig(**small)),
        "MobileNetV2": lambda: library.MobileNetV2ForSemanticSegmentation(
            library.MobileNetV2Config(depth_multiplier=0.5, **small)),
        "MobileViT": lambda: library.MobileViTForSemanticSegmentation(
            library.MobileViTConfig(hidden_sizes=[64, 80, 96], neck_hidden_sizes=[16, 16, 24, 48, 64, 80, 320], image_size=64, **small)),
        "MobileViTV2": lambda: library.MobileViTV2ForSemanticSegmentation(
            library.MobileViTV2Config(width_multiplier=0.5, image_size=64, **small)),
        "BEiT": lambda: library.BeitForSemanticSegmentation(
            library.BeitConfig(hidden_size=96, num_hidden_layers=4, num_attention_heads=3, intermediate_size=192, image_size=size[0],
                               patch_size=8, out_indices=[1, 2, 3, 4], vocab_size=64, **small)),
        "Data2Vec": lambda: library.Data2VecVisionForSemanticSegmentation(
            library.Data2VecVisionConfig(hidden_size=96, num_hidden_layers=4, num_attention_heads=3, intermediate_size=192,
                                         image_size=size[0], patch_size=8, out_indices=[1, 2, 3, 4], **small)),
        "DPT": lambda: library.DPTForSemanticSegmentation(
            library.DPTConfig(hidden_size=96, num_hidden_layers=4, num_attention_heads=3, intermediate_size=192, image_size=64,
                              patch_size=16, backbone_out_indices=[0, 1, 2, 3], neck_hidden_sizes=[24, 48, 96, 96], **small)),
    }
    if name in makers:
        return makers[name]()
    backbones = {
        "ConvNeXt": lambda: library.ConvNextConfig(
            hidden_sizes=[24, 48, 96, 192], depths=[1, 1, 2, 1], out_features=["stage1", "stage2", "stage3", "stage4"]),
        "ConvNeXt V2": lambda: library.ConvNextV2Config(
            hidden_sizes=[24, 48, 96, 192], depths=[1, 1, 2, 1], out_features=["stage1", "stage2", "stage3", "stage4"]),
        "Swin": lambda: library.SwinConfig(
            image_size=96, patch_size=2, window_size=3, embed_dim=24, depths=[1, 1, 2, 1], num_heads=[1, 2, 4, 8],
            out_features=["stage1", "stage2", "stage3", "stage4"]),
        "ResNet": lambda: library.ResNetConfig(
            embedding_size=32, hidden_sizes=[32, 64, 128, 256], depths=[1, 1, 1, 1], layer_type="basic",
            out_features=["stage1", "stage2", "stage3", "stage4"]),
    }
    backbone = backbones[name.removeprefix("UPerNet ")]()
    return library.UperNetForSemanticSegmentation(
        library.UperNetConfig(backbone_config=backbone, hidden_size=64, auxiliary_channels=32,
                              auxiliary_in_channels=backbone.hidden_sizes[2] if hasattr(backbone, "hidden_sizes") else 96, **small))


def monai(name, size):
    from monai.networks import nets

    dims = 3 if name.endswith("3-D") else 2
    kind = name.removesuffix(" 3-D")
    io = dict(spatial_dims=dims, in_channels=1 if dims == 3 else 3, out_channels=4)
    makers = {
        "UNet": lambda: nets.UNet(channels=(16, 32, 64, 128), strides=(2, 2, 2), num_res_units=2, norm="batch", **io),
        "AttentionUnet": lambda: nets.AttentionUnet(channels=(16, 32, 64), strides=(2, 2), **io),
        "BasicUNet": lambda: nets.BasicUNet(features=(16, 16, 32, 64, 64, 16), **io),
        "BasicUNetPlusPlus": lambda: nets.BasicUNetPlusPlus(features=(16, 16, 32, 64, 64, 16), **io),
        "DynUNet": lambda: nets.DynUNet(
            kernel_size=[3] * 4, strides=[1, 2, 2, 2], upsample_kernel_size=[2, 2, 2], filters=[16, 32, 64, 64], **io),
        "SegResNet": lambda: nets.SegResNet(init_filters=8, **io),
        "SegResNet batch": lambda: nets.SegResNet(init_filters=8, norm="batch", **io),
        "VNet": lambda: nets.VNet(**{**io, "in_channels": 1}),
        "HighResNet": lambda: nets.HighResNet(**io),
        "FlexibleUNet": lambda: nets.FlexibleUNet(3, 4, "efficientnet-b0", spatial_dims=dims),
        "MedNeXt-S": lambda: nets.MedNeXtS(**io),
        "QuickNAT": lambda: nets.Quicknat(num_classes=4, num_channels=3, num_filters=16),
        "UNETR": lambda: nets.UNETR(img_size=size[0], feature_size=8, hidden_size=96, mlp_dim=192, num_heads=4, **io),
        "SwinUNETR": lambda: nets.SwinUNETR(feature_size=12, **io),
    }
    model = makers[kind]()
    model.bands = 1 if kind == "VNet" else io["in_channels"]
    return model


LIBRARIES = {
    "torchvision": torchvision,
    "segmentation_models.pytorch": smp,
    "pytorchcv": pytorchcv,
    "transformers": transformers,
    "monai": monai,
}


def load(library):
    """Imports a library."""
    if library == "pytorchcv":
        import pytorchcv.model_provider
    elif library == "monai":
        import monai.networks.nets
    elif library == "transformers":
        import transformers

        for family in ("segformer", "mobilenet_v2", "mobilevit", "mobilevitv2", "beit", "data2vec", "dpt", "upernet"):
            getattr(transformers.models, family)
    elif library == "torchvision":
        import torchvision
    else:
        import segmentation_models_pytorch


def build(recipe):
    return LIBRARIES[recipe.library](recipe.network, recipe.size)


def _recipes():
    def add(library, network, forms, **more):
        return [Recipe(library, network, *form, **more) for form in forms]

    yield from add("torchvision", "lraspp_mobilenet_v3_large", (
        *BOTH, *OTHERS, ("dynamo", 18, "dynamic"), ("torchscript", 9, "static"), ("torchscript", 11, "static"), ("torchscript", 13, "dynamic")))
    yield from add("torchvision", "deeplabv3_mobilenet_v3_large", (*BOTH, ("torchscript", 12, "static")))
    for name in ("deeplabv3_resnet50", "fcn_resnet50"):
        yield from add("torchvision", name, BOTH)
    exporters = {"enet_cityscapes": BOTH[1:], "segnet_cityscapes": BOTH[1:], "icnet_resnetd50b_cityscapes": BOTH[1:]}
    sizes = {
        "fastscnn_cityscapes": POOLED, "icnet_resnetd50b_cityscapes": (384, 384), "sinet_cityscapes": (256, 256),
        "pspnet_resnetd50b_voc": (96, 96)}
    for name in (
            "fastscnn_cityscapes", "cgnet_cityscapes", "dabnet_cityscapes", "sinet_cityscapes", "bisenet_resnet18_celebamaskhq",
            "fpenet_cityscapes", "ctxnet_cityscapes", "lednet_cityscapes", "esnet_cityscapes", "edanet_cityscapes",
            "enet_cityscapes", "erfnet_cityscapes", "linknet_cityscapes", "segnet_cityscapes", "unet_cityscapes",
            "sqnet_cityscapes", "espcnet_cityscapes", "icnet_resnetd50b_cityscapes", "fcn8sd_resnetd50b_voc",
            "pspnet_resnetd50b_voc", "deeplabv3_resnetd50b_voc"):
        forms = exporters.get(name, BOTH[:1] if name.endswith("_voc") else BOTH)
        yield from add("pytorchcv", name, forms, size=sizes.get(name, (64, 128)))
    yield from add("pytorchcv", "danet_resnetd50b_cityscapes", BOTH[:1], kind="attention", size=(64, 128))

    smp = "segmentation_models.pytorch"
    for name in ("Unet", "UnetPlusPlus", "Linknet", "FPN", "DeepLabV3", "DeepLabV3Plus"):
        yield from add(smp, name + " resnet18", BOTH)
    yield from add(smp, "PSPNet resnet18", BOTH, size=(96, 96))
    yield from add(smp, "UPerNet resnet18", BOTH, size=POOLED)
    yield from add(smp, "PAN resnet18", BOTH, size=(128, 128))
    yield from add(smp, "MAnet resnet18", BOTH, kind="attention")
    yield from add(smp, "Unet resnet18", (
        ("torchscript", 9, "static"), ("torchscript", 11, "dynamic"), ("torchscript", 14, "static"), ("torchscript", 20, "static"),
        ("dynamo", 21, "static"), ("dynamo", 22, "dynamic"), ("dynamo", 23, "static")))
    yield from add(smp, "Segformer mit_b0", BOTH, kind="attention")
    encoders = (
        "resnet50", "resnext50_32x4d", "dpn68", "vgg11", "vgg11_bn", "se_resnet50", "densenet121", "inceptionv4", "efficientnet-b0",
        "mobilenet_v2", "xception", "timm-efficientnet-b0", "timm-tf_efficientnet_lite0", "timm-skresnet18", "mobileone_s0")
    for number, encoder in enumerate(encoders):
        yield from add(smp, "Unet " + encoder, (*BOTH, *OTHERS)[number % 4 : number % 4 + 1])
    for encoder, architecture in (
            ("efficientnet-b0", "FPN"), ("mobilenet_v2", "DeepLabV3Plus"), ("vgg11_bn", "Linknet"), ("se_resnet50", "PSPNet"),
            ("mobilenet_v2", "PAN"), ("efficientnet-b0", "UPerNet"), ("densenet121", "FPN"), ("mobilenet_v2", "UnetPlusPlus")):
        size = {"UPerNet": POOLED, "PAN": (128, 128), "PSPNet": (96, 96)}.get(architecture, (64, 64))
        yield from add(smp, f"{architecture} {encoder}", BOTH[1:], size=size)
    for number, encoder in enumerate((
            "mobilenetv3_small_050", "mobilenetv4_conv_small", "regnety_002", "regnetx_002", "ghostnet_100", "hrnet_w18_small",
            "repvgg_a0", "resnest14d", "res2net50_26w_4s", "fbnetc_100", "mnasnet_small", "semnasnet_075", "lcnet_050", "tinynet_e",
            "starnet_s1", "nf_resnet26", "ecaresnet26t", "cspresnet50", "dla34", "selecsls42b", "ese_vovnet19b_dw",
            "gernet_s", "resnet18d", "dpn48b", "mixnet_s", "hgnetv2_b0", "repghostnet_050", "tf_efficientnet_cc_b0_4e", "resnetv2_50",
            "hardcorenas_a", "spnasnet_100", "efficientnetv2_rw_t", "rexnet_100", "darknet17", "tresnet_m", "skresnet18", "resnetrs50",
            "seresnext26d_32x4d")):
        yield from add(smp, "Unet tu-" + encoder, (*BOTH, *OTHERS)[number % 4 : number % 4 + 1])
    for number, encoder in enumerate(("convnext_atto", "convnextv2_atto", "inception_next_atto", "poolformerv2_s12", "rdnet_tiny",
                                      "fastvit_t8", "convformer_s18", "repvit_m0_9")):
        yield from add(smp, "FPN tu-" + encoder, (*BOTH, *OTHERS)[number % 4 : number % 4 + 1])
    for number, encoder in enumerate(("edgenext_xx_small", "efficientvit_b0", "mobilevit_xxs", "mobilenetv4_hybrid_medium",
                                      "caformer_s18", "focalnet_tiny_srf", "nextvit_small", "efficientformerv2_s0")):
        yield from add(smp, "FPN tu-" + encoder, (BOTH[0], OTHERS[1])[number % 2 : number % 2 + 1], kind="attention")

    for name in ("Segformer-B0", "MobileViT", "DPT"):
        yield from add("transformers", name, BOTH, kind="attention")
    yield from add("transformers", "MobileViTV2", BOTH[1:], kind="attention")
    for name in ("BEiT", "Data2Vec"):
        yield from add("transformers", name, BOTH, kind="attention", size=POOLED)
    yield from add("transformers", "UPerNet Swin", BOTH, kind="attention", size=(96, 96))
    yield from add("transformers", "MobileNetV2", BOTH)
    for name in ("UPerNet ConvNeXt", "UPerNet ConvNeXt V2", "UPerNet ResNet"):
        yield from add("transformers", name, BOTH, size=POOLED)
    for name in ("UNet", "BasicUNet", "BasicUNetPlusPlus", "DynUNet", "SegResNet", "SegResNet batch", "VNet", "HighResNet",
                 "MedNeXt-S"):
        yield from add("monai", name, BOTH[:1])
        yield from add("monai", name + " 3-D", (("dynamo", 18, "static"),), size=(32, 32, 32))
    for name in ("FlexibleUNet", "QuickNAT"):
        yield from add("monai", name, BOTH[1:])
    yield from add("monai", "AttentionUnet", BOTH)
    for name in ("UNETR", "SwinUNETR"):
        yield from add("monai", name, BOTH[:1], kind="attention")
        yield from add("monai", name + " 3-D", BOTH[:1], kind="attention", size=(32, 32, 32))

    for library, network in (("torchvision", "lraspp_mobilenet_v3_large"), (smp, "Unet resnet18"), ("pytorchcv", "fastscnn_cityscapes")):
        size = POOLED if library == "pytorchcv" else (64, 64)
        for variant in ("int8 QDQ", "int8 QDQ per channel", "int8 QOperator", "int8 dynamic", "float16", "float16 inside", "optimised"):
            yield from add(library, network, BOTH[:1], variant=variant, size=size)


RECIPES = list(_recipes())
