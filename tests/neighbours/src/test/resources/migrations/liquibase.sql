--liquibase formatted sql

--changeset application:1
CREATE TABLE by_liquibase (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL) ENGINE=InnoDB;
INSERT INTO by_liquibase (name) VALUES ('a');
