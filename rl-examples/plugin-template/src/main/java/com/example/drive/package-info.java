/**
 * A plugin to start your own from.
 *
 * <p>{@link com.example.drive.Signpost} is the shortest environment, {@link
 * com.example.drive.TwoLaneDrive} one without end and with a picture, {@link com.example.drive.Fog}
 * a wrapper, {@link com.example.drive.DifferentialQLearning} a learner and {@link
 * com.example.drive.Streak} a listener. {@link com.example.drive.DriveCatalogue} gives each an id
 * and options.
 */
package com.example.drive;
