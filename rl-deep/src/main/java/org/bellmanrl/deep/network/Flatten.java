package org.bellmanrl.deep.network;

/** Makes one vector of an input of height × width × channels, in that order. */
public record Flatten() implements LayerSpec {}
