package io.disassembler.base;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type, or all public types of a package, that programs may rely on: it changes as <a
 * href="https://semver.org">Semantic Versioning</a> says. Whatever is not marked may change with
 * any version.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface Stable {}
